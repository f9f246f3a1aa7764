import { setTimeout as sleep } from "node:timers/promises";
import { readProcess, readProcesses } from "./members.js";
import { hasProc } from "./read.js";
import { isEnded, type StatRecord } from "./record.js";

/** How often we look whether the asked have left, in ms: each look reads every process of the system. */
const LOOK_MS = 20;
/** After SIGKILL a process leaves within milliseconds, unless the kernel holds it (a dead disk): then we give up. */
const KILL_MS = 5_000;

/** The living processes of a session; zombies are not listed. Empty where there is no `/proc`. */
export async function sessionPids(sid: number): Promise<number[]> {
  return membersOf(sid).map(({ pid }) => pid);
}

/**
 * Ends every process of the session `sid`: SIGTERM, up to `graceMs` to obey, SIGKILL, until all are gone.
 * `killed` lists those that were signalled; `left` those that even SIGKILL did not end in 5 s (usually none).
 * A stopped process is continued, so that it can obey. Processes that began a session of their own are not touched.
 * Throws RangeError for a pid below 2 and for our own session: that is a bug of the caller.
 */
export async function killSession(
  sid: number,
  options: { graceMs: number },
): Promise<{ killed: number[]; left: number[] }> {
  refuse(sid);
  if (!hasProc) return killGroup(sid, options.graceMs);
  const killed = new Set<number>();
  const strike = (signal: NodeJS.Signals): void => {
    for (const member of membersOf(sid)) {
      // The pid may have changed hands since the listing; this leaves a window of microseconds.
      const now = readProcess(member.pid);
      if (now === null || now.startedAt !== member.startedAt || now.session !== sid) continue;
      if (send(member.pid, signal)) killed.add(member.pid);
      // Sent to all: one that is being stopped right now does not look stopped yet.
      if (signal === "SIGTERM") send(member.pid, "SIGCONT");
    }
  };
  const isEmpty = async (): Promise<boolean> => membersOf(sid).length === 0;

  strike("SIGTERM");
  if (!(await within(options.graceMs, isEmpty))) {
    // Struck at every look: a member may fork while the list is being read.
    await within(KILL_MS, async () => {
      strike("SIGKILL");
      return isEmpty();
    });
  }
  return { killed: [...killed], left: await sessionPids(sid) };
}

function refuse(sid: number): void {
  if (!Number.isInteger(sid) || sid <= 1) throw new RangeError(`killSession: not a session to end: ${sid}`);
  const own = hasProc ? readProcess(process.pid)?.session : undefined;
  if (sid === own || sid === process.pid) throw new RangeError(`killSession: ${sid} is our own session`);
}

function membersOf(sid: number): StatRecord[] {
  return hasProc ? readProcesses().filter((record) => record.session === sid && !isEnded(record)) : [];
}

/** Without `/proc` members cannot be listed: the process group of the same number is the nearest thing. */
async function killGroup(sid: number, graceMs: number): Promise<{ killed: number[]; left: number[] }> {
  const isGone = async (): Promise<boolean> => !send(-sid, 0);
  const killed = send(-sid, "SIGTERM") ? [sid] : [];
  if (!(await within(graceMs, isGone))) {
    send(-sid, "SIGKILL");
    await within(KILL_MS, isGone);
  }
  return { killed, left: (await isGone()) ? [] : [sid] };
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Looks at once and then every 20 ms; whether `done` came true within `ms`. */
async function within(ms: number, done: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + ms;
  for (;;) {
    if (await done()) return true;
    if (performance.now() >= end) return false;
    await sleep(Math.min(LOOK_MS, Math.max(1, end - performance.now())));
  }
}
