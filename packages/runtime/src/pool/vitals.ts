import { BUSY_MS, CPU_MS, HEAP_MB, type Shared, workerBlock } from "../wire/layout.js";
import type { Thread } from "./thread.js";

/** What a worker told about itself; at most 50 ms old while it runs short tasks, as old as its last task while it sleeps. */
export interface ThreadVitals {
  /** CPU time so far; 0 where the system does not tell (neither Linux nor Node 23.9). */
  readonly cpuMs: number;
  /** Time inside tasks so far, their waiting included. A task counts when it has ended. */
  readonly busyMs: number;
  /** JavaScript heap in use, garbage that was not yet collected included, in MiB. */
  readonly heapMb: number;
  /** Share of the time inside tasks, from 0 to 1, since a reading at least a second ago; at first since the thread was started. */
  readonly utilization: number;
}

interface Mark {
  readonly at: number;
  readonly busyMs: number;
}

interface Window {
  from: Mark;
  /** Becomes `from` when it is a second old. */
  next: Mark;
}

const WINDOW_MS = 1_000;
const windows = new WeakMap<Thread, Window>();

/** Reads a worker's last sample: three loads of shared memory. */
export function vitals(shared: Shared, thread: Thread): ThreadVitals {
  const block = workerBlock(thread.index);
  const busyMs = shared.control[block + BUSY_MS] ?? 0;
  return {
    cpuMs: shared.control[block + CPU_MS] ?? 0,
    busyMs,
    heapMb: shared.control[block + HEAP_MB] ?? 0,
    utilization: utilization(thread, { at: performance.now(), busyMs }),
  };
}

function utilization(thread: Thread, mark: Mark): number {
  const start = { at: thread.startedAt, busyMs: 0 };
  const window = windows.get(thread) ?? { from: start, next: start };
  windows.set(thread, window);
  if (mark.at - window.next.at >= WINDOW_MS) {
    window.from = window.next;
    window.next = mark;
  }
  const elapsed = mark.at - window.from.at;
  return elapsed <= 0 ? 0 : Math.min(1, Math.max(0, (mark.busyMs - window.from.busyMs) / elapsed));
}
