import { readFileSync, readlinkSync } from "node:fs";
import { getHeapStatistics } from "node:v8";
import { BUSY_MS, CPU_MS, HEAP_MB, type Shared, STOP, TID, workerBlock } from "../wire/layout.js";

/** A sample costs 5 to 100 us (the clock of the thread's CPU is a file on older Nodes): at most one in this many milliseconds. */
const EVERY_MS = 50;
const MIB = 1 << 20;

/** When a worker is worn out: after so many tasks, or with more bytes of heap in use (garbage included) than this. */
export interface Wear {
  readonly afterTasks: number;
  readonly heapAbove: number;
}

/**
 * What a worker tells about itself: CPU time, time inside tasks, heap. And its own end: it counts its tasks exactly, which the host,
 * who sees them end a moment later, could not.
 */
export class Vitals {
  readonly #control: Int32Array;
  readonly #block: number;
  readonly #wear: Wear;
  #busyMs = 0;
  #tasks = 0;
  #sampledAt = Number.NEGATIVE_INFINITY;

  constructor(shared: Shared, worker: number, wear: Wear) {
    this.#control = shared.control;
    this.#block = workerBlock(worker);
    this.#wear = wear;
    this.#control[this.#block + TID] = threadId();
  }

  /** A task took this long. Called once per task: an addition and a comparison. */
  ran(ms: number): void {
    this.#busyMs += ms;
    if (++this.#tasks >= this.#wear.afterTasks) Atomics.store(this.#control, this.#block + STOP, 1);
  }

  /** Called between tasks, every 10 ms or less often, with `performance.now()`. */
  look(now: number): void {
    if (now - this.#sampledAt >= EVERY_MS) this.sample(now);
  }

  /** True when the worker is worn out, and has been told to stop. */
  sample(now: number): boolean {
    this.#sampledAt = now;
    const heap = getHeapStatistics().used_heap_size;
    this.#control[this.#block + HEAP_MB] = heap / MIB;
    this.#control[this.#block + BUSY_MS] = this.#busyMs;
    this.#control[this.#block + CPU_MS] = threadCpuMs();
    // Not before its first task: with a bound below what a new worker needs, it would be replaced for ever without work.
    const worn = heap > this.#wear.heapAbove && this.#tasks > 0;
    if (worn) Atomics.store(this.#control, this.#block + STOP, 1);
    return worn;
  }
}

/** Newer than the types: Node 23.9. Microseconds. */
type CpuUsage = { threadCpuUsage?: () => { readonly user: number; readonly system: number } };

function threadCpuMs(): number {
  const usage = (process as CpuUsage).threadCpuUsage?.();
  if (usage !== undefined) return (usage.user + usage.system) / 1e3;
  if (process.platform !== "linux") return 0;
  try {
    return Number.parseInt(readFileSync("/proc/thread-self/schedstat", "latin1"), 10) / 1e6;
  } catch {
    return 0;
  }
}

function threadId(): number {
  if (process.platform !== "linux") return 0;
  try {
    return Number(readlinkSync("/proc/thread-self").split("/").at(-1));
  } catch {
    return 0;
  }
}
