import { writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";

/** Most moments one call of `set` can name. */
export const MOMENTS = 512;

/** What loop and thread share: three words, then the moments. */
export interface SharedAlarm {
  readonly memory: SharedArrayBuffer;
  readonly words: Int32Array;
  readonly moments: Float64Array;
}
/** Counts calls of `set`; the thread sleeps on it. */
export const SEQUENCE = 0;
/** How many moments the last call named. */
export const COUNT = 1;
/** 1 while a wake-up is on its way to the event loop, which then needs no other. */
export const RINGING = 2;

export function sharedAlarm(memory = new SharedArrayBuffer(16 + 8 * MOMENTS)): SharedAlarm {
  return { memory, words: new Int32Array(memory, 0, 4), moments: new Float64Array(memory, 16) };
}

export interface Alarm extends Disposable {
  /** Ask for a call of `onDue` at each of these moments (monotonic ms, ascending) or shortly after; replaces earlier ones. */
  set(moments: readonly number[]): void;
}

/**
 * A timer finer than those of Node, which count whole milliseconds: a thread sleeps in `Atomics.wait`, whose timeout has
 * the kernel's resolution, and wakes the event loop with a message. About 0.1 ms late on an idle core, no CPU while it
 * waits. Moments that pass while the event loop is busy come as one call. Naming many moments at once saves the
 * thread a wake-up for each. Rejected: spinning with `setImmediate` (a whole core, which the measured server may need).
 */
export function alarm(onDue: () => void): Alarm {
  narrowTimerSlack();
  const { memory, words, moments } = sharedAlarm();
  const thread = new Worker(new URL("./alarm-thread.js", import.meta.url), { workerData: memory });
  thread.on("message", () => {
    Atomics.store(words, RINGING, 0);
    onDue();
  });
  thread.on("error", (error) => {
    throw error;
  });

  function set(next: readonly number[]): void {
    if (next.length > MOMENTS) throw new RangeError(`at most ${MOMENTS} moments, got ${next.length}`);
    // The thread may read while this writes: it checks the sequence before it trusts what it read.
    moments.set(next);
    words[COUNT] = next.length;
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
