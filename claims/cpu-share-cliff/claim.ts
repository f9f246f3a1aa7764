import { type Bench, defineClaim } from "@heddle/claims";
import { CLAIMED_SHARE, type CpuShareCliff, decide } from "./rule.js";

const TOTAL_MS = 2;
const LOAD = 0.5;
const SHARES = {
  full: [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6],
  quick: [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.6],
};
const LOADS = [0.2, 0.5, 0.7, 0.85, 0.95];
const MANY = 4.5;
const MANY_SHARES = [0.05, 0.1, 0.15, 0.2, 0.25];
const FEW = 1.5;
const FEW_SHARES = [0.1, 0.3, 0.6];

export const claim = defineClaim<CpuShareCliff>({
  id: "cpu-share-cliff",
  topic: "tail",
  claim: "Event-loop code falls off a performance cliff when CPU work is more than about 20 % of the work.",
  source: "Your async code isn't concurrent",
  experiment:
    "Sends requests of 2 ms, of which 5 to 60 % compute and the rest waits, through an event loop in Node: Poisson arrivals on their own clock, no HTTP, latency from the intended moment, on a clock that stands still while other programs have the core. Three sweeps: the CPU share with the loop 50 % busy; the load at 20 % CPU; the CPU share at two fixed rates, so that the load grows with it. All points share one random pattern of arrivals, are run several times, and of each request the median counts. The same arrivals and chunks are worked out on paper for a queue with one server.",
  rule: "The p99 at a fixed load is fitted by the queue's curve times one factor, and by the best of six cliffs (two levels, or a step on that curve, at 15, 20 or 25 %). Confirmed if a cliff is better by more than 10 in Akaike's criterion and lifts the p99 by half or more; refuted if not, while the load at 20 % CPU at least doubles what the p99 exceeds the 2 ms by; undecided if the points scatter by more than 30 %.",
  practice:
    "Do not count percent of CPU per request. Watch how busy the loop is (event-loop utilization) and how long its longest chunk computes: at 20 % CPU work, the loop is full with five requests in flight. Move long chunks to a pool of threads before the loop is 70 % busy.",
  programs: ["loop.mjs"],
  seconds: { full: 9, quick: 4.7 },
  async measure(bench) {
    const shares = bench.quick ? SHARES.quick : SHARES.full;
    const points = [
      ...shares.map((share) => ({ share, load: LOAD })),
      ...LOADS.map((load) => ({ share: CLAIMED_SHARE, load })),
      ...MANY_SHARES.map((share) => ({ share, load: MANY * share })),
      ...FEW_SHARES.map((share) => ({ share, load: FEW * share })),
    ];
    const { p99Ms, queueMs } = await serve(bench, points);
    let taken = 0;
    const next = (values: readonly unknown[]): number[] => {
      taken += values.length;
      return p99Ms.slice(taken - values.length, taken);
    };
    return {
      totalMs: TOTAL_MS,
      load: LOAD,
      shares,
      p99Ms: next(shares),
      queueMs: queueMs.slice(0, shares.length),
      loads: LOADS,
      loadP99Ms: next(LOADS),
      many: MANY,
      manyShares: MANY_SHARES,
      manyP99Ms: next(MANY_SHARES),
      few: FEW,
      fewShares: FEW_SHARES,
      fewP99Ms: next(FEW_SHARES),
    };
  },
  decide,
  picture: (n) => ({
    kind: "lines",
    title: "p99 against the CPU share of a request of 2 ms",
    x: { name: "CPU work", unit: "%" },
    y: { name: "p99", unit: "ms", scale: "log" },
    lines: [
      { name: "loop 50 % busy", points: line(n.shares, n.p99Ms) },
      { name: "loop 50 % busy, queue on paper", points: line(n.shares, n.queueMs) },
      { name: `fixed rate, ${n.few} in flight`, points: line(n.fewShares, n.fewP99Ms) },
      { name: `fixed rate, ${n.many} in flight`, points: line(n.manyShares, n.manyP99Ms) },
    ],
    mark: { x: CLAIMED_SHARE * 100, name: "claimed cliff" },
  }),
});

async function serve(
  bench: Bench,
  points: readonly { readonly share: number; readonly load: number }[],
): Promise<{ p99Ms: number[]; queueMs: number[] }> {
  const { result } = await bench.must(
    "loop.mjs",
    {
      seed: bench.seed,
      requests: bench.quick ? 80 : 130,
      repetitions: 3,
      totalMs: TOTAL_MS,
      shares: points.map(({ share }) => share),
      loads: points.map(({ load }) => load),
    },
    { withinMs: 40_000 },
  );
  return { p99Ms: result.numbers("p99Ms"), queueMs: result.numbers("queueMs") };
}

const line = (shares: readonly number[], p99Ms: readonly number[]): (readonly [number, number])[] =>
  shares.map((share, at) => [share * 100, p99Ms[at] ?? 0] as const);
