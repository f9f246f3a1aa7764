"use strict";

/**
 * CommonJS, and all in one file: loading ES modules is about a third of what it costs to start a thread,
 * and a model that starts one per task would pay it every time.
 */
const { createHash } = require("node:crypto");
const { parentPort, workerData } = require("node:worker_threads");

const { waitMs = 0, rounds, buffer } = workerData;

const now = () => Number(process.hrtime.bigint()) / 1e6;

/** Blocks this thread, as a thread may. */
function block(ms) {
  if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** The same as in shared/node/kernel.mjs. */
function kernel(count) {
  let x = 2463534242 | 0;
  for (let i = 0; i < count; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  return x >>> 0;
}

const began = now();
block(waitMs);
if (rounds !== undefined) {
  parentPort.postMessage(kernel(rounds));
} else {
  const digest = buffer && createHash("sha256").update(buffer).digest("hex");
  parentPort.postMessage({ digest, insideMs: now() - began });
}
