import { defineClaim } from "@heddle/claims";
import { CLAIMED_PER_THREAD, decide, type SpinningThreads } from "./rule.js";

export const claim = defineClaim<SpinningThreads>({
  id: "threads-10m-switches",
  topic: "switches",
  claim:
    "10,000 threads with 1 ms each mean 10 million context switches per second: 100 s of CPU per second.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "In C, lets 10 to 10,000 threads compute at once, with the priority SCHED_IDLE, and counts the process's context switches (getrusage) in a window of 0.2 s (longer beside other work). Divided by the CPU time that they got and multiplied by the cores, so that other work on the machine does not make the figure smaller.",
  rule: "The claim has 1,000 switches per second and thread. Refuted if the largest number of threads makes under a tenth of that, confirmed from half of it, else undecided.",
  practice:
    "The rate of switches is bounded by the cores and the length of a slice, not by the number of threads. Too many computing threads cost waiting time and cache, hardly switching: bound them near the number of cores. Look at switches per second (vmstat, pidstat -w) before blaming them.",
  programs: ["spin.c"],
  seconds: { full: 1.6, quick: 0.6 },
  async measure(bench) {
    const threads: number[] = [];
    const switchesPerS: number[] = [];
    const coresUsed: number[] = [];
    const involuntary: number[] = [];
    for (const wanted of bench.quick ? [10, 2_000] : [10, 100, 1_000, 10_000]) {
      const { result } = await bench.must("spin.c", { threads: wanted, ms: 200 });
      const used = result.number("coresUsed");
      threads.push(result.number("threads"));
      switchesPerS.push((result.number("perS") / Math.max(used, 0.001)) * bench.cores);
      coresUsed.push(used);
      involuntary.push(result.number("involuntary"));
    }
    return { cores: bench.cores, threads, switchesPerS, involuntary, coresUsed };
  },
  decide,
  picture: ({ threads, switchesPerS }) => ({
    kind: "lines",
    title: "Context switches of threads that all compute",
    x: { name: "threads", unit: "", scale: "log" },
    y: { name: "switches", unit: "/s", scale: "log" },
    lines: [
      {
        name: "claimed",
        points: threads.map((count) => [count, count * CLAIMED_PER_THREAD]),
        role: "claimed",
      },
      { name: "measured", points: threads.map((count, at) => [count, switchesPerS[at] ?? Number.NaN]) },
    ],
  }),
});
