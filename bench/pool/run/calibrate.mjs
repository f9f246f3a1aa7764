import { performance } from "node:perf_hooks";
import { work } from "../task/tasks.mjs";

/**
 * Rounds of `work` per microsecond on this machine: the best of several tries, because a try in which others took the
 * core would make every task shorter than its name. Costs about 60 ms.
 */
export function calibrate() {
  const rounds = 2_000_000;
  let best = 0;
  for (let attempt = 0; attempt < 12; attempt++) {
    const start = performance.now();
    work(rounds);
    best = Math.max(best, rounds / ((performance.now() - start) * 1_000));
  }
  return best;
}
