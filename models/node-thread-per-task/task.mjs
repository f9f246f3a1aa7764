import { parentPort, workerData } from "node:worker_threads";
import { now } from "../shared/node/clock.mjs";
import { sha256 } from "../shared/node/hash.mjs";
import { kernel } from "../shared/node/kernel.mjs";

const { waitMs = 0, rounds, buffer } = workerData;

/** Blocks this thread, as a thread may. */
function block(ms) {
  if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const began = now();
block(waitMs);
if (rounds !== undefined) {
  parentPort.postMessage(kernel(rounds));
} else {
  const digest = buffer === undefined ? undefined : sha256(buffer);
  parentPort.postMessage({ digest, insideMs: now() - began });
}
