import { type Bench, defineClaim } from "@heddle/claims";
import { type AsyncPredictable, decide } from "./rule.js";

const LOAD = 0.7;
const MEAN_MS = 1;

export const claim = defineClaim<AsyncPredictable>({
  id: "async-predictable-p99",
  topic: "tail",
  claim: "Async gives a more predictable p99 than threads. (Another text says the opposite: unpredictable.)",
  source: "Threading vs Async vs Event Loop; Asynchronous programming and concurrency overview",
  experiment:
    "Serves the same requests on one core, 70 % busy, in C: by an event loop (epoll, one thread, each request computed to its end) and by 64 threads among which the kernel shares the core. Poisson arrivals; latency from the intended moment, on a clock that stands still while other programs have the core. First every request computes 1 ms; then one in 100 computes 10 or 50 ms and the others less, at the same mean. The p99 is that of the others; of two passes the lower counts, for each model.",
  rule: "A model has the more predictable p99 if it is lower by 1.25x or more, for the same work on the same core. Depends if the event loop wins at one spread of the work and threads at another; confirmed or refuted if only one of them ever wins; undecided if neither does, or if the core changed its speed by more than a quarter.",
  practice:
    "Ask how unequal the computing of your requests is. If it is short and alike, run it on the event loop: first come, first served has the shortest tail, and threads only add switches. If one request in a hundred computes 50 ms, move those to threads, where the kernel lets the short ones pass.",
  programs: ["serve.c"],
  seconds: { full: 3.6, quick: 2.5 },
  async measure(bench) {
    const longestMs = bench.quick ? [MEAN_MS, 50] : [MEAN_MS, 10, 50];
    const gaps = Array.from({ length: 200 }, () => -Math.log(1 - bench.random.next()));
    const passes = [];
    for (const longMs of longestMs) passes.push(await serve(bench, gaps, longMs === MEAN_MS ? 0 : longMs));
    return {
      load: LOAD,
      meanMs: MEAN_MS,
      longestMs,
      loopP99Ms: passes.map(({ loopP99Ms }) => loopP99Ms),
      threadP99Ms: passes.map(({ threadP99Ms }) => threadP99Ms),
      stretch: passes.map(({ stretch }) => stretch),
    };
  },
  decide,
  picture: (n) => ({
    kind: "lines",
    title: "p99 of the short requests, by what one in 100 computes",
    x: { name: "longest request", unit: "ms", scale: "log" },
    y: { name: "p99 of the others", unit: "ms", scale: "log" },
    lines: [
      { name: "event loop", points: n.longestMs.map((x, at) => [x, n.loopP99Ms[at] ?? 0] as const) },
      { name: "threads", points: n.longestMs.map((x, at) => [x, n.threadP99Ms[at] ?? 0] as const) },
    ],
  }),
});

/** One spread of the work, both models; `longMs` 0 for requests that are all equal. */
async function serve(
  bench: Bench,
  gaps: readonly number[],
  longMs: number,
): Promise<{ loopP99Ms: number; threadP99Ms: number; stretch: number }> {
  const { result } = await bench.must("serve.c", { rounds: 2, meanMs: MEAN_MS, longMs, load: LOAD, gaps });
  return {
    loopP99Ms: result.number("loopP99Ms"),
    threadP99Ms: result.number("threadP99Ms"),
    stretch: result.number("loopStretch"),
  };
}
