import { defineClaim } from "@heddle/claims";
import { decide, type PoolMap } from "./rule.js";

export const claim = defineClaim<PoolMap>({
  id: "pool-map-range",
  topic: "python",
  claim:
    "`pool.map(cpu_intensive, range(8))`, with a `cpu_intensive()` that takes no argument, runs it on all cores.",
  source: "Asynchronous programming and concurrency overview",
  experiment:
    "Pool.map over range(8) with a function without parameters; then with one that takes the number, counting the processes that it ran in.",
  rule: "Confirmed if all eight calls give a value, refuted if a TypeError is thrown.",
  practice:
    "map hands each element to the function: give it a parameter, even an unused one, and run a snippet before publishing it. With chunksize=1 long tasks spread over all workers.",
  programs: ["map.py"],
  seconds: { full: 0.4, quick: 0.3 },
  alone: false,
  async measure(bench) {
    const workers = Math.min(bench.cores, 4);
    const { result } = await bench.must("map.py", { workers });
    return {
      done: result.number("done"),
      error: result.text("error"),
      workers,
      curedDone: result.number("curedDone"),
      curedProcesses: result.number("curedProcesses"),
    };
  },
  decide,
});
