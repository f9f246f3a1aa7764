/** What we use of `/proc/PID/stat` (proc_pid_stat(5)); times are in clock ticks. */
export interface StatRecord {
  readonly pid: number;
  readonly state: string;
  readonly parent: number;
  readonly session: number;
  /** User + system of this process, its ended threads included. */
  readonly ownTicks: number;
  /** The same of children that ended and were waited for. */
  readonly childTicks: number;
  readonly threads: number;
  /** Ticks since boot: with the pid it names a process for good, since pids recycle. */
  readonly startedAt: number;
}

/**
 * USER_HZ: the unit of times that Linux shows to programs. It is 100 on every architecture Node runs on, whatever
 * the kernel's own tick rate is.
 */
export const TICK_MS = 10;

/**
 * Parses `/proc/PID/stat`. The second field is the program's name in parentheses and may itself hold spaces,
 * parentheses and newlines; no later field can, so the last `)` ends it. Null for anything malformed.
 */
export function parseStat(text: string): StatRecord | null {
  const open = text.indexOf(" (");
  const close = text.lastIndexOf(") ");
  if (open < 1 || close < open) return null;
  const fields = text
    .slice(close + 2)
    .trimEnd()
    .split(" ");
  const at = (index: number): number => Number(fields[index] ?? Number.NaN);
  const record: StatRecord = {
    pid: Number(text.slice(0, open)),
    state: fields[0] ?? "",
    parent: at(1),
    session: at(3),
    ownTicks: at(11) + at(12),
    childTicks: at(13) + at(14),
    threads: at(17),
    startedAt: at(19),
  };
  const numbers = [record.pid, record.parent, record.ownTicks, record.childTicks, record.threads];
  return numbers.every(Number.isFinite) && Number.isFinite(record.startedAt) ? record : null;
}

/** A zombie (or dead) process holds a pid and its times, but no thread and no memory. */
export function isEnded(record: StatRecord): boolean {
  // a leader can be a zombie while other threads of it still hold its ports
  return (record.state === "Z" && record.threads <= 1) || record.state === "X" || record.state === "x";
}

/**
 * The number after `name:` in the `name:   123 kB` lines of `status`, `smaps_rollup` or `meminfo`, else null.
 * The search wants a line's beginning: the first line of `status` is the program's own name, which may say anything
 * (the kernel escapes newlines in it).
 */
export function field(text: string, name: string): number | null {
  const start = text.startsWith(`${name}:`) ? 0 : text.indexOf(`\n${name}:`);
  if (start < 0) return null;
  const from = text.indexOf(":", start) + 1;
  const value = Number.parseInt(text.slice(from, from + 32), 10);
  return Number.isFinite(value) ? value : null;
}

/** Context switches of one thread, of its `status`. */
export interface Switches {
  readonly voluntary: number;
  readonly involuntary: number;
}

export function parseSwitches(status: string): Switches | null {
  const voluntary = field(status, "voluntary_ctxt_switches");
  const involuntary = field(status, "nonvoluntary_ctxt_switches");
  return voluntary === null || involuntary === null ? null : { voluntary, involuntary };
}

/** Pages of TCP buffers in `/proc/net/sockstat`: `TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 42`. */
export function parseSocketPages(sockstat: string): number | null {
  const line = /^TCP:.*\bmem (\d+)/m.exec(sockstat);
  return line === null ? null : Number(line[1]);
}
