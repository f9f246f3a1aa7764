import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { burst } from "../shared/node/burst.mjs";
import { eventLoop } from "../shared/node/event-loop.mjs";
import { fill, singleMs } from "../shared/node/hash.mjs";
import { kernel } from "../shared/node/kernel.mjs";
import { program } from "../shared/node/program.mjs";
import { serve } from "../shared/node/serve.mjs";

/** Waits on the event loop, computes in the pool. */
async function workerPool(workload) {
  if (workload.kind === "wait" || workload.kind === "calibrate") return eventLoop(workload);
  const pool = await openPool(workload);
  if (workload.kind === "serve") {
    // Nothing to compute: no hop to another thread.
    const compute = (rounds) => (rounds > 0 ? pool.run(rounds, { name: "compute" }) : kernel(0));
    return serve(workload, { compute });
  }
  const single = singleMs(fill(workload.bytes));
  return {
    go: async ({ tasks }) => ({
      ...(await burst(tasks, () => pool.run(undefined, { name: "hash" }))),
      singleMs: single,
    }),
  };
}

async function openPool({ cores = availableParallelism(), bytes = 0 }) {
  const pool = new Piscina({
    filename: new URL("./task.mjs", import.meta.url).href,
    minThreads: cores,
    maxThreads: cores,
    workerData: { bytes },
  });
  // Threads load the module on their first task: more tasks than threads reach them all before "ready".
  await Promise.all(Array.from({ length: 4 * cores }, () => pool.run(0, { name: "compute" })));
  return pool;
}

await program(workerPool);
