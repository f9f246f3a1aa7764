import { Worker } from "node:worker_threads";
import { burst } from "../shared/node/burst.mjs";
import { calibrate } from "../shared/node/calibrate.mjs";
import { fill, singleMs } from "../shared/node/hash.mjs";
import { program } from "../shared/node/program.mjs";
import { serve } from "../shared/node/serve.mjs";

const file = new URL("./task.cjs", import.meta.url);

/** Runs one task in a thread of its own and gives what it answered; the thread has ended by then. */
function inThread(workerData) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData });
    let value;
    worker.once("message", (message) => {
      value = message;
    });
    worker.once("error", reject);
    worker.once("exit", (code) =>
      value === undefined ? reject(new Error(`a thread ended with ${code}`)) : resolve(value),
    );
  });
}

async function threadPerTask(workload) {
  switch (workload.kind) {
    case "wait":
      return { go: ({ tasks, waitMs }) => burst(tasks, () => inThread({ waitMs })) };
    case "hash":
      return hashing(workload);
    case "serve":
      return serve(workload, { request });
    case "calibrate":
      return { go: async () => calibrate() };
  }
}

/** The thread waits and computes. A pooled socket cannot go to another thread, so downstream calls stay here. */
async function request({ ioMs, cpuRounds }, downstream) {
  if (downstream === undefined) return inThread({ waitMs: ioMs, rounds: cpuRounds });
  await downstream(ioMs);
  return inThread({ waitMs: 0, rounds: cpuRounds });
}

function hashing({ bytes }) {
  // Shared, so that a thread does not make or copy it.
  const buffer = fill(bytes, new Uint8Array(new SharedArrayBuffer(bytes)));
  const single = singleMs(buffer);
  return {
    go: async ({ tasks }) => ({ ...(await burst(tasks, () => inThread({ buffer }))), singleMs: single }),
  };
}

await program(threadPerTask);
