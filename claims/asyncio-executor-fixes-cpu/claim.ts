import { defineClaim, NotTestable } from "@heddle/claims";
import { CORES, decide, type Executors } from "./rule.js";

export const claim = defineClaim<Executors>({
  id: "asyncio-executor-fixes-cpu",
  topic: "python",
  claim:
    "run_in_executor with a ThreadPoolExecutor fixes heavy computation in asyncio: 40 % CPU and 150 ms become 85 % CPU and 30 ms.",
  source: "Your async code isn't concurrent",
  experiment:
    "Four jobs of 15 ms of pure Python: in the loop itself, on four threads, and on four processes that already run, in turn, best of the rounds; up to three looks while processes gain nothing. Beside them a task that sleeps 1 ms tells how late the loop is.",
  rule: "Confirmed if threads get at least 1.5 times the work done, on at least 1.3 cores, and the loop's p99 delay is at most half; refuted if they get less than 1.25 times done; undecided if processes do not reach 1.25 times.",
  practice:
    "Threads only share the core out: other tasks get a turn every few ms, and the work is done no sooner. Use a ProcessPoolExecutor, made once, for computation; threads are for blocking calls and for code that lets go of the GIL.",
  programs: ["executor.py"],
  seconds: { full: 1.3, quick: 0.9 },
  async measure(bench) {
    if (bench.cores < 2) throw new NotTestable("there is one CPU", "on two cores");
    const work = { jobs: 4, jobMs: 15, workers: 4 };
    // Without a second core nothing can gain, so it is looked again while not even processes do.
    for (let look = 1; ; look += 1) {
      const { result } = await bench.must("executor.py", { ...work, rounds: bench.quick ? 5 : 8 });
      const inlineMs = result.number("inlineMs");
      const processMs = result.number("processMs");
      if (look < 3 && inlineMs / processMs < CORES) continue;
      return {
        ...work,
        inlineMs,
        inlineDelayMs: result.number("inlineDelayMs"),
        threadMs: result.number("threadMs"),
        threadDelayMs: result.number("threadDelayMs"),
        threadCores: result.number("threadCores"),
        processMs,
        processDelayMs: result.number("processDelayMs"),
      };
    }
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: "Heavy computation in asyncio, and where it may go",
    value: { name: "time", unit: "ms" },
    bars: [
      { name: "in the loop: all jobs", value: numbers.inlineMs },
      { name: "threads: all jobs", value: numbers.threadMs },
      { name: "processes: all jobs", value: numbers.processMs, role: "cure" },
      { name: "in the loop: p99 delay", value: numbers.inlineDelayMs },
      { name: "threads: p99 delay", value: numbers.threadDelayMs },
      { name: "processes: p99 delay", value: numbers.processDelayMs, role: "cure" },
    ],
  }),
});
