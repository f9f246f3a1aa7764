import { writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";

/** Words of the memory shared with the alarm thread. */
export const SEQUENCE = 0;
export const DEADLINE = 1;

export interface Alarm extends Disposable {
  /** Ask for one call of `onDue` at the moment `at` (monotonic ms) or shortly after it. Replaces an earlier request. */
  set(at: number): void;
}

/**
 * A timer finer than those of Node, which count whole milliseconds: a thread sleeps in `Atomics.wait`, whose timeout has
 * the kernel's resolution, and wakes the event loop with a message. About 0.1 ms late on an idle core, no CPU while it
 * waits. Rejected: spinning with `setImmediate` (a whole core, which the measured server may need).
 */
export function alarm(onDue: () => void): Alarm {
  narrowTimerSlack();
  const shared = new SharedArrayBuffer(16);
  const words = new Int32Array(shared);
  const times = new Float64Array(shared);
  const thread = new Worker(new URL("./alarm-thread.js", import.meta.url), { workerData: shared });
  thread.on("message", onDue);
  thread.on("error", (error) => {
    throw error;
  });

  function set(at: number): void {
    times[DEADLINE] = at;
    Atomics.add(words, SEQUENCE, 1);
    Atomics.notify(words, SEQUENCE);
  }

  return {
    set,
    [Symbol.dispose]() {
      void thread.terminate();
    },
  };
}

/**
 * Linux adds up to 50 us to every sleep unless told otherwise; threads inherit the setting of the one that starts them.
 * Elsewhere, or where it is forbidden, sleeps just end a little later.
 */
function narrowTimerSlack(): void {
  try {
    writeFileSync("/proc/self/timerslack_ns", "1");
  } catch {
    // The lag that remains is measured with every run.
  }
}
