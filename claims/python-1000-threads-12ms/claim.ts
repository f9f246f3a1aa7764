import { defineClaim } from "@heddle/claims";
import { decide, type ManySleep, TEXT } from "./rule.js";

export const claim = defineClaim<ManySleep>({
  id: "python-1000-threads-12ms",
  topic: "python",
  claim: "1000 Python threads that each sleep 10 ms are done in 12 to 18 ms in total.",
  source: "The benchmark lab for Threading vs Async vs Event Loop",
  experiment:
    "Threads that sleep 10 ms, started in a loop and joined, from 1 to 1000 of them, with and without tracemalloc, which the text had on; best of the rounds.",
  rule: "Confirmed if 1000 take at most 20 ms in the better of both forms, refuted from 25 ms on.",
  practice:
    "Starting a thread costs tens of µs and happens one after the other, so a thread for each short task costs more than the task. Keep a pool. Do not time anything while tracemalloc is on.",
  programs: ["sleep.py"],
  seconds: { full: 1.4, quick: 1 },
  async measure(bench) {
    const counts = bench.quick ? [1, 300, 1000] : [1, 100, 300, 1000];
    const { result } = await bench.must("sleep.py", { sleepMs: 10, counts, rounds: 2 });
    return {
      counts,
      plainMs: result.numbers("plain"),
      tracedMs: result.numbers("traced"),
      startsMs: result.number("starts"),
    };
  },
  decide,
  picture: ({ counts, plainMs, tracedMs }) => ({
    kind: "lines",
    title: "Threads that sleep 10 ms, started and joined",
    x: { name: "threads", unit: "", scale: "log" },
    y: { name: "total", unit: "ms", scale: "log" },
    lines: [
      { name: "measured", points: counts.map((count, at) => [count, plainMs[at] ?? 0] as const) },
      {
        name: "measured, with tracemalloc",
        points: counts.map((count, at) => [count, tracedMs[at] ?? 0] as const),
      },
      { name: "claimed", role: "claimed", points: [[1000, (TEXT.from + TEXT.to) / 2]] },
    ],
  }),
});
