import { parentPort, workerData } from "node:worker_threads";
import { COUNT, RINGING, SEQUENCE, sharedAlarm } from "./alarm.js";
import { monotonicMs } from "./clock.js";

/** The thread behind `alarm`: sleeps from moment to moment of the last `set`, then until the next one. */
const { words, moments } = sharedAlarm(workerData as SharedArrayBuffer);
let sequence = 0;
let next = 0;

for (;;) {
  const current = Atomics.load(words, SEQUENCE);
  if (current !== sequence) {
    sequence = current;
    next = 0;
  }
  if (next >= (words[COUNT] ?? 0)) {
    Atomics.wait(words, SEQUENCE, sequence);
    continue;
  }
  const left = (moments[next] ?? 0) - monotonicMs();
  // Whatever ends the wait, a time-out or a new `set`, the next turn of the loop looks at everything afresh.
  if (left > 0) {
    Atomics.wait(words, SEQUENCE, sequence, left);
    continue;
  }
  next += 1;
  if (Atomics.compareExchange(words, RINGING, 0, 1) === 0) parentPort?.postMessage(0);
}
