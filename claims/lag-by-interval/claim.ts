import { defineClaim } from "@heddle/claims";
import { decide, INTERVAL_MS, type LagByInterval, LENGTHS } from "./rule.js";

const LEAST_GAP_MS = 25;

export const claim = defineClaim<LagByInterval>({
  id: "lag-by-interval",
  topic: "node",
  claim: "The lag of the event loop is measured by setInterval(100) and the drift of its ticks.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "Blocks event loops for 5 to 200 ms at random moments. Each is watched by setInterval(100), by monitorEventLoopDelay (every 10 ms) and by the monitor of @heddle/runtime. A detector has found a block if it tells of at least half of its length.",
  rule: "Refuted if the interval finds under half of the blocks that are shorter than itself (5 to 60 ms), confirmed from 90 %, in between it depends on the length. Undecided if monitorEventLoopDelay finds under 90 % of those from 20 ms on.",
  practice:
    "Use monitorEventLoopDelay, which samples all the time, or a monitor that tells of each block; a timer of 100 ms sees only blocks that happen to meet its tick. The blocks that make a bad p99 are shorter.",
  programs: ["watch.mjs"],
  seconds: { full: 2.6, quick: 1.6 },
  async measure(bench) {
    const times = bench.quick ? 6 : 10;
    const gaps = (length: number): number[] =>
      Array.from({ length: length >= INTERVAL_MS ? times / 2 : times }, () => {
        return LEAST_GAP_MS + bench.random.next() * INTERVAL_MS;
      });
    const lengths = LENGTHS.map((length) => ({ length, gaps: gaps(length) }));
    const { result } = await bench.must("watch.mjs", { lengths });
    return {
      interval: result.numbers("interval"),
      histogram: result.numbers("histogram"),
      monitor: result.numbers("monitor"),
    };
  },
  decide,
  picture: ({ interval, histogram, monitor }) => ({
    kind: "lines",
    title: "Blocks of the event loop that are found",
    x: { name: "length of the block", unit: "ms", scale: "log" },
    y: { name: "found", unit: "%" },
    lines: [
      { name: `setInterval(${INTERVAL_MS})`, points: points(interval) },
      { name: "monitorEventLoopDelay", points: points(histogram), role: "cure" },
      { name: "monitor of @heddle/runtime", points: points(monitor), role: "cure" },
    ],
    mark: { x: INTERVAL_MS, name: "the interval" },
  }),
});

function points(shares: readonly number[]): (readonly [number, number])[] {
  return LENGTHS.map((ms, at) => [ms, (shares[at] ?? 0) * 100] as const);
}
