import { defineClaim } from "@heddle/claims";
import { CLAIMED_WAITS, decide, type PoolWaves, WORKERS } from "./rule.js";

const urls = 100;

export const claim = defineClaim<PoolWaves>({
  id: "pool50-100-urls-200ms",
  topic: "tail",
  claim: "50 threads fetch 100 URLs that take 200 ms each in about 200 ms.",
  source: "Asynchronous programming and concurrency overview",
  experiment:
    "A local HTTP server answers each request after a delay, shorter than the text's 200 ms; Python pools of several sizes fetch 100 URLs from it. The time for all of them is counted in waits of one.",
  rule: "Refuted if 50 threads take 1.8 waits or more, confirmed if they take up to 1.3.",
  practice:
    "Count waves: tasks divided by pool size, rounded up, times the wait. Where waiting is all that is done, make the pool as large as the number of waits that should run at once, or wait without threads.",
  programs: ["server.mjs", "fetch.py"],
  seconds: { full: 1.1, quick: 0.6 },
  async measure(bench) {
    const delayMs = bench.quick ? 70 : 100;
    const workers = bench.quick ? [WORKERS, 100] : [25, WORKERS, 100];
    await using server = await bench.start("server.mjs", { delayMs });
    const { result } = await bench.must("fetch.py", { port: server.port, urls, workers });
    return { urls, delayMs, workers, waits: result.numbers("totalMs").map((total) => total / delayMs) };
  },
  decide,
  picture: (numbers) => ({
    kind: "lines",
    title: "100 URLs of one wait each, through a pool of threads",
    x: { name: "threads", unit: "" },
    y: { name: "time for all", unit: "waits" },
    lines: [
      {
        name: "measured",
        points: numbers.workers.map((count, at) => [count, numbers.waits[at] ?? 0] as const),
      },
      {
        name: "waves: URLs / threads, rounded up",
        points: numbers.workers.map((count) => [count, Math.ceil(numbers.urls / count)] as const),
        role: "cure",
      },
      { name: "claimed for 50", points: [[WORKERS, CLAIMED_WAITS]], role: "claimed" },
    ],
  }),
});
