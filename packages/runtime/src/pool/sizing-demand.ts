import { readFileSync } from "node:fs";
import { BUSY_MS, CPU_MS, TID, workerBlock } from "../wire/layout.js";
import type { Thread } from "./thread.js";

/** So many threads stand for all: each costs two small files, read while the event loop waits. */
const MOST_READ = 4;

interface Reading {
  readonly at: number;
  /** Milliseconds in which the thread had, or waited for, a core. */
  readonly wanted: number;
  /** It had a core, or waited for one, at this moment. */
  readonly runnable: boolean;
}

/**
 * How many cores the threads of a pool ask for: each from 0 (its task waits for something) to 1 (its task computes).
 *
 * A thread that was ready to run while others had the cores counts like one that ran: it would not help to start another beside
 * it. On Linux the scheduler tells both, also about a thread that blocks in a system call; but late (it counts at its ticks, and a
 * wait when it is over), so a thread that was runnable at both ends of the time is taken to have been so throughout. Elsewhere a thread asks for a core as
 * long as its event loop is active, less what its earlier tasks spent without CPU.
 */
export class Demand {
  readonly #control: Int32Array;
  #before = new Map<Thread, Reading>();

  constructor(control: Int32Array) {
    this.#control = control;
  }

  /** Forgets all readings; the next one is a first one. */
  reset(): void {
    this.#before.clear();
  }

  /** Cores asked for, per thread, since the reading before; undefined for a first reading. About 50 us per thread, of at most four. */
  read(threads: readonly Thread[]): number | undefined {
    const at = performance.now();
    const before = this.#before;
    this.#before = new Map();
    let sum = 0;
    let count = 0;
    const step = Math.ceil(threads.length / MOST_READ);
    for (let index = 0; index < threads.length; index += step) {
      const thread = threads[index];
      if (thread === undefined) continue;
      const reading = this.#look(thread, at);
      this.#before.set(thread, reading);
      const last = before.get(thread);
      if (last === undefined || at <= last.at) continue;
      const share = Math.min(1, Math.max(0, (reading.wanted - last.wanted) / (at - last.at)));
      sum += last.runnable && reading.runnable ? 1 : share;
      count++;
    }
    return count === 0 ? undefined : sum / count;
  }

  #look(thread: Thread, at: number): Reading {
    const block = workerBlock(thread.index);
    const told = scheduled(this.#control[block + TID] ?? 0);
    if (told !== undefined) return { at, ...told };
    const { active } = thread.loopUse();
    const cpu = this.#control[block + CPU_MS] ?? 0;
    const busy = this.#control[block + BUSY_MS] ?? 0;
    // Where the CPU time of a thread is unknown it is 0 for all: then the event loop alone decides.
    const share = cpu > 0 && busy > 100 ? Math.min(1, cpu / busy) : 1;
    return { at, wanted: active * share, runnable: false };
  }
}

/** Milliseconds that a thread ran and waited for a core, by the scheduler's count, and whether it does either now. */
function scheduled(tid: number): { wanted: number; runnable: boolean } | undefined {
  if (tid <= 0) return undefined;
  const folder = `/proc/self/task/${tid}`;
  try {
    const [ran = 0, waited = 0] = readFileSync(`${folder}/schedstat`, "latin1").split(" ").map(Number);
    // A kernel without these statistics tells zeros.
    if (!(ran > 0)) return undefined;
    const stat = readFileSync(`${folder}/stat`, "latin1");
    // The name before it may contain anything.
    const state = stat.charAt(stat.lastIndexOf(")") + 2);
    return { wanted: (ran + waited) / 1e6, runnable: state === "R" };
  } catch {
    return undefined;
  }
}
