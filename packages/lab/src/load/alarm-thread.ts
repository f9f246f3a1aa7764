import { parentPort, workerData } from "node:worker_threads";
import { DEADLINE, SEQUENCE } from "./alarm.js";
import { monotonicMs } from "./clock.js";

/** The thread behind `alarm`: sleeps until the deadline that was set last, posts once, waits for the next one. */
const shared = workerData as SharedArrayBuffer;
const words = new Int32Array(shared);
const times = new Float64Array(shared);
let rung = 0;

for (;;) {
  const sequence = Atomics.load(words, SEQUENCE);
  if (sequence === rung) {
    Atomics.wait(words, SEQUENCE, sequence);
    continue;
  }
  const left = (times[DEADLINE] ?? 0) - monotonicMs();
  if (left > 0) {
    Atomics.wait(words, SEQUENCE, sequence, left);
    continue;
  }
  rung = sequence;
  parentPort?.postMessage(0);
}
