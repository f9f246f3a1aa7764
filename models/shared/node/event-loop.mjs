import { setTimeout as sleep } from "node:timers/promises";
import { burst } from "./burst.mjs";
import { calibrate } from "./calibrate.mjs";
import { fill, sha256, singleMs } from "./hash.mjs";
import { serve } from "./serve.mjs";

/**
 * Everything on one event loop: what waits is a timer or a socket, what computes holds up all the rest.
 * `go` takes the workload and, in a worker of a cluster, what to await before the burst begins.
 */
export async function eventLoop(workload) {
  switch (workload.kind) {
    case "wait":
      return { go: ({ tasks, waitMs }, begin) => burst(tasks, () => sleep(waitMs), begin) };
    case "hash":
      return hashing(workload);
    case "serve":
      return serve(workload);
    case "calibrate":
      return { go: async () => calibrate() };
  }
}

function hashing({ bytes }) {
  const buffer = fill(bytes);
  const single = singleMs(buffer);
  return {
    go: async ({ tasks }, begin) => ({
      ...(await burst(tasks, () => ({ digest: sha256(buffer) }), begin)),
      singleMs: single,
    }),
  };
}
