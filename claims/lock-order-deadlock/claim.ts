import { type Bench, defineClaim } from "@heddle/claims";
import { ProgramFailure } from "@heddle/lab";
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
  seconds: { full: 1.6, quick: 1.2 },
  alone: false,
  async measure(bench) {
    const hang = { withinMs: bench.quick ? 800 : 1_000 };
    const [python, node, samePython, sameNode, after] = await Promise.all([
      bench.run("order.py", { how: "opposite" }, hang),
      bench.run("order.mjs", { how: "opposite" }, hang),
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
    const report = reportIn(node);
    return {
      forced: 2,
      forcedHung: hung(python) + hung(node),
      sameHung: hung(samePython) + hung(sameNode),
      gapsMs: GAPS_MS,
      shares: chance.result.numbers("shares"),
      windowMs: WINDOW_MS,
      reportedMs: report.ms,
      edges: report.edges,
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

/** A program that was only slow to start has not asked for its second lock when its time is up: that run says nothing. */
function hung(outcome: Outcome): number {
  if (outcome.end === "exit") return 0;
  if (outcome.lines.includes("second lock asked for")) return 1;
  throw new ProgramFailure(`a program took no two locks within ${outcome.elapsedMs.toFixed(0)} ms`);
}

function reportIn(outcome: Outcome): { readonly ms: number; readonly edges: number } {
  for (const line of outcome.lines) {
    if (!line.startsWith('{"report":"deadlock"')) continue;
    const { ms, edges } = JSON.parse(line) as { ms: number; edges: number };
    return { ms, edges };
  }
  return { ms: -1, edges: 0 };
}
