import { defineClaim } from "@heddle/claims";
import { decide, type SwitchCost } from "./rule.js";

export const claim = defineClaim<SwitchCost>({
  id: "switch-1-10us",
  topic: "switches",
  claim: "A switch between OS threads costs 1 to 10 µs.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "In C, two threads and then two processes hand a turn to and fro on one CPU, over two pipes and over a futex; the best of 40 repetitions of a millisecond counts, and getrusage counts the switches, voluntary and involuntary. Then again with 16 KB to 1 MB that each side touches in its turn, less what the touching takes without switches, and once between two CPUs.",
  rule: "The figure is a range of powers of ten, so half a decade is allowed on either side (0.32 to 32 µs). Confirmed if all four ways lie in it with nothing to touch, refuted if none does, otherwise it depends on the way. Undecided if there are under 1.8 switches per round trip. Caches and the wake-up of another CPU are shown but do not decide.",
  practice:
    "Reckon with 1 to 2 µs for the switch itself, and with several µs more where both sides work on data that fills the cache. Where latency counts, a wake-up of a sleeping CPU is often the larger cost: keep a hand-over on the CPU that does it.",
  programs: ["switch.c"],
  seconds: { full: 1.2, quick: 0.6 },
  async measure(bench) {
    const { result } = await bench.must("switch.c", { repeats: bench.quick ? 20 : 40 });
    return {
      pipeThreadUs: result.number("pipeThread"),
      pipeProcessUs: result.number("pipeProcess"),
      futexThreadUs: result.number("futexThread"),
      futexProcessUs: result.number("futexProcess"),
      apartUs: result.raw["apart"] === null ? null : result.number("apart"),
      sizesKb: result.numbers("sizesKb"),
      threadBySizeUs: result.numbers("threadBySize"),
      processBySizeUs: result.numbers("processBySize"),
      voluntaryShare: result.number("voluntary"),
      switchesPerRound: result.number("perRound"),
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "lines",
    title: "Cost of a switch on one CPU over the memory that each side touches",
    x: { name: "memory touched per turn", unit: "KB" },
    y: { name: "cost of a switch", unit: "µs" },
    lines: [
      { name: "threads", points: pointsOf(numbers.sizesKb, numbers.threadBySizeUs) },
      { name: "processes", points: pointsOf(numbers.sizesKb, numbers.processBySizeUs) },
    ],
  }),
});

function pointsOf(xs: readonly number[], ys: readonly number[]): (readonly [number, number])[] {
  return xs.map((x, at) => [x, ys[at] ?? Number.NaN]);
}
