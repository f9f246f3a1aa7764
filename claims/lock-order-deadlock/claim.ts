import { type Bench, defineClaim } from "@heddle/claims";
import { decide, type LockOrderDeadlock } from "./rule.js";

type Outcome = Awaited<ReturnType<Bench["run"]>>;

const WINDOW_MS = 2;
/** As long as the window: then both hold their first lock in every round. */
const GAPS_MS = [0, 0.2, 1, WINDOW_MS];

export const claim = defineClaim<LockOrderDeadlock>({
  id: "lock-order-deadlock",
  topic: "failure",
  claim: "Two threads that take two locks in opposite order deadlock.",
  source: "Threading vs Async vs Event Loop; Concurrency: Threads, the GIL, and the Event Loop",
  experiment:
    "Two Python threads, and two tasks of @heddle/runtime in Node, take two locks: in opposite orders while each holds its first one, and in one order. Then two Python threads with opposite orders start at random moments, many times over, for several times between the first lock and the second. Last, whether @heddle/runtime reports the circle, and the opposite orders in a run that went well.",
  rule: "Refuted if a program hangs not although both first locks are held. Confirmed if at least 95 % of the rounds left to chance deadlock at every time between the locks. It depends on the moment if under half of them do at one of these times.",
  practice:
    "Take locks in one order everywhere, and hold the first for as short as possible. The rare deadlock is the dangerous one: tests pass and it hangs in production, so let a tool report opposite orders when they are used, not when they meet.",
  programs: ["order.py", "order.mjs"],
  seconds: { full: 1.6, quick: 1.3 },
  alone: false,
  async measure(bench) {
    const [python, node, samePython, sameNode, after] = await Promise.all([
      bench.must("order.py", { how: "opposite" }),
      bench.must("order.mjs", { how: "opposite" }),
      bench.must("order.py", { how: "same" }),
      bench.must("order.mjs", { how: "same" }),
      bench.must("order.mjs", { how: "after" }),
    ]);
    const chance = await bench.must("order.py", {
      how: "chance",
      rounds: bench.quick ? 20 : 40,
      windowMs: WINDOW_MS,
      gapsMs: GAPS_MS,
      seed: bench.seed,
    });
    return {
      forced: 2,
      forcedHung: hung(python) + hung(node),
      sameHung: hung(samePython) + hung(sameNode),
      gapsMs: GAPS_MS,
      shares: chance.result.numbers("shares"),
      windowMs: WINDOW_MS,
      reportedMs: node.result.number("ms"),
      edges: node.result.number("edges"),
      inversions: after.result.number("inversions"),
    };
  },
  decide,
  picture: ({ gapsMs, shares, windowMs }) => ({
    kind: "lines",
    title: "Opposite lock orders left to chance",
    x: { name: "time between the two locks", unit: "ms" },
    y: { name: "rounds that deadlock", unit: "%" },
    lines: [
      { name: "measured", points: gapsMs.map((gap, at) => [gap, (shares[at] ?? 0) * 100] as const) },
      {
        name: "claimed",
        role: "claimed",
        points: [
          [0, 100],
          [windowMs, 100],
        ],
      },
    ],
  }),
});

/** Both threads are stuck in a circle, or none. */
const hung = (outcome: Outcome): number => (outcome.result.number("ended") === 0 ? 1 : 0);
