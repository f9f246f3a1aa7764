import { defineClaim, NotTestable } from "@heddle/claims";
import { decide, type Executors } from "./rule.js";

export const claim = defineClaim<Executors>({
  id: "asyncio-executor-fixes-cpu",
  topic: "python",
  claim:
    "run_in_executor with a ThreadPoolExecutor fixes heavy computation in asyncio: 40 % CPU and 150 ms become 85 % CPU and 30 ms.",
  source: "Your async code isn't concurrent",
  experiment:
    "Four jobs of 30 ms of pure Python: in the loop itself, on four threads, and on four processes that already run, in turn, best of the rounds. Beside them a task that sleeps 1 ms tells how late the loop is.",
  rule: "Confirmed if threads get at least 1.5 times the work done and the loop's p99 delay is at most half; refuted if they get less than 1.25 times done; undecided if processes do not reach 1.25 times.",
  practice:
    "Threads only share the core out: other tasks get a turn every few ms, and the work is done no sooner. Use a ProcessPoolExecutor, made once, for computation; threads are for blocking calls and for code that lets go of the GIL.",
  programs: ["executor.py"],
  seconds: { full: 1.4, quick: 1.1 },
  async measure(bench) {
    if (bench.cores < 2) throw new NotTestable("there is one CPU", "on two cores");
    const work = { jobs: 4, jobMs: 30, workers: 4 };
    const { result } = await bench.must("executor.py", { ...work, rounds: bench.quick ? 3 : 4 });
    return {
      ...work,
      inlineMs: result.number("inlineMs"),
      inlineDelayMs: result.number("inlineDelayMs"),
      threadMs: result.number("threadMs"),
      threadDelayMs: result.number("threadDelayMs"),
      processMs: result.number("processMs"),
      processDelayMs: result.number("processDelayMs"),
    };
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
