import { availableParallelism } from "node:os";
import { burst } from "./burst.mjs";
import { eventLoop } from "./event-loop.mjs";
import { fill, singleMs } from "./hash.mjs";
import { kernel } from "./kernel.mjs";
import { serve } from "./serve.mjs";

/**
 * A model that waits on the event loop and computes in a pool of worker threads. `open({ threads, bytes })` gives
 * `{ compute(rounds), hash() }`, each returning a promise.
 */
export function poolModel(open) {
  return async (workload) => {
    if (workload.kind === "wait" || workload.kind === "calibrate") return eventLoop(workload);
    const { cores: threads = availableParallelism(), bytes = 0 } = workload;
    const pool = await open({ threads, bytes });
    // Threads load the module on their first task: more tasks than threads reach them all before "ready".
    await Promise.all(Array.from({ length: 4 * threads }, () => pool.compute(0)));
    if (workload.kind === "serve") {
      // Nothing to compute: no hop to another thread.
      return serve(workload, { compute: (rounds) => (rounds > 0 ? pool.compute(rounds) : kernel(0)) });
    }
    const single = singleMs(fill(bytes));
    return { go: async ({ tasks }) => ({ ...(await burst(tasks, () => pool.hash())), singleMs: single }) };
  };
}
