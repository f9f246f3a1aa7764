import { readdirSync, readFileSync } from "node:fs";

/** What one thread of the process did since the last reading. */
export interface ThreadStats {
  /** The system's id of the thread; that of the main thread is the process id. */
  readonly tid: number;
  readonly name: string;
  /** CPU time over elapsed time: 1 is one core kept busy. Ticks of 10 ms where the kernel tells nothing finer. */
  readonly cpuShare: number;
  /** It waited for something and gave the CPU up. */
  readonly voluntarySwitches: number;
  /** It was not done when the CPU was taken from it: many of them mean more runnable threads than cores. */
  readonly involuntarySwitches: number;
}

/** Either the threads, or why this system does not tell. */
export type ThreadReading =
  | { readonly threads: readonly ThreadStats[]; readonly threadsMissing: null }
  | { readonly threads: null; readonly threadsMissing: string };

interface Counters {
  readonly name: string;
  readonly cpuNs: number;
  readonly voluntary: number;
  readonly involuntary: number;
}

const now = performance.now.bind(performance);

/**
 * A reader of the threads of this process; each call says what they did since the call before (the first: since the
 * reader was made). Linux only. About 50 us per thread, so read it every few seconds, not per request.
 * `root` is where the kernel's files are; another one is for tests.
 */
export function threadReader(root = "/proc/self/task"): () => ThreadReading {
  let before = countersOf(root);
  let since = now();
  return () => {
    const at = now();
    const counters = countersOf(root);
    const elapsedNs = Math.max(1, (at - since) * 1e6);
    const last = before;
    before = counters;
    since = at;
    if (!(counters instanceof Map)) return Object.freeze({ threads: null, threadsMissing: counters });
    const threads = [...counters].map(([tid, thread]) => {
      const base = last instanceof Map ? last.get(tid) : undefined;
      return Object.freeze({
        tid,
        name: thread.name,
        cpuShare: Math.max(0, thread.cpuNs - (base?.cpuNs ?? 0)) / elapsedNs,
        voluntarySwitches: thread.voluntary - (base?.voluntary ?? 0),
        involuntarySwitches: thread.involuntary - (base?.involuntary ?? 0),
      });
    });
    return Object.freeze({ threads: Object.freeze(threads), threadsMissing: null });
  };
}

/** By thread id, or the reason why not. A thread that ends between listing and reading is left out. */
function countersOf(root: string): Map<number, Counters> | string {
  let tids: string[];
  try {
    tids = readdirSync(root);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `threads are read from ${root}, which only Linux has (this is ${process.platform}): ${why}`;
  }
  const found = new Map<number, Counters>();
  for (const tid of tids) {
    const counters = countersOfThread(`${root}/${tid}`);
    if (counters !== undefined) found.set(Number(tid), counters);
  }
  return found;
}

function countersOfThread(folder: string): Counters | undefined {
  const stat = textOf(`${folder}/stat`);
  const status = textOf(`${folder}/status`);
  if (stat === undefined || status === undefined) return undefined;
  return {
    name: nameIn(textOf(`${folder}/comm`) ?? ""),
    cpuNs: schedNs(textOf(`${folder}/schedstat`)) ?? tickNs(stat),
    voluntary: numberAfter(status, "\nvoluntary_ctxt_switches:"),
    involuntary: numberAfter(status, "\nnonvoluntary_ctxt_switches:"),
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}

/** A thread's name is free bytes: whoever prints it must not be steered by it. */
function nameIn(comm: string): string {
  return comm.replace(/\n$/, "").replace(/\p{Cc}/gu, "?");
}

/** Linux, Documentation/scheduler/sched-stats: the first field is time on the CPU in nanoseconds. 0 where it is not kept. */
function schedNs(schedstat: string | undefined): number | undefined {
  const ns = Number(schedstat?.split(" ")[0] ?? Number.NaN);
  return ns > 0 ? ns : undefined;
}

/** proc_pid_stat(5): utime and stime are fields 14 and 15. The name before them may hold spaces and parentheses. */
function tickNs(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_NS;
}

/** USER_HZ is 100 on every Linux that Node runs on. */
const TICK_NS = 10_000_000;

function numberAfter(text: string, label: string): number {
  const at = text.indexOf(label);
  return at < 0 ? 0 : Number.parseInt(text.slice(at + label.length, at + label.length + 24), 10) || 0;
}
