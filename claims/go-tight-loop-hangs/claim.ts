import { type Bench, defineClaim, type Outcome } from "@heddle/claims";
import { ProgramFailure } from "@heddle/lab";
import { decide, type TightLoop } from "./rule.js";

/** A program that only waits for the processor ends in far less; it says that it is stuck, not that it is slow. */
const LEAST_LIMIT_MS = 350;
const MOST_LIMIT_MS = 1_500;
const LIMIT_FACTOR = 3;

export const claim = defineClaim<TightLoop>({
  id: "go-tight-loop-hangs",
  topic: "go",
  claim: "Before Go 1.14 a tight loop without function calls could hang the whole program.",
  source: "Your async code isn't concurrent",
  experiment:
    "In Go, one goroutine counts in a loop without a call while main sleeps for 10 ms and then wants to end. Run as it is today, and with GODEBUG=asyncpreemptoff=1, which takes away what Go 1.14 added: on one processor, on two, and on two with a garbage collection; then on one with a call in the loop. A program that is not done after three times as long as today's (350 ms at least) is stuck and killed.",
  rule: "Confirmed if the program is stuck without preemption by signals on one processor or with a collection on two, refuted if in neither. Undecided if it is stuck with preemption too, or with a call in the loop: then something else holds it.",
  practice:
    "Since Go 1.14 a long loop delays others by 10 to 20 ms a turn instead of stopping them. It still takes a whole core: bound the number of computing goroutines. The old hang remains where nothing can interrupt a loop, as in an event loop.",
  programs: ["loop.go"],
  seconds: { full: 1, quick: 1 },
  alone: false,
  async measure(bench) {
    const ample = 5_000;
    const now = await play(bench, { processors: 1 }, true, ample);
    const nowCollect = await play(bench, { processors: 2, collect: true }, true, ample);
    const slowest = Math.max(now.elapsedMs, nowCollect.elapsedMs);
    const limitMs = Math.min(Math.max(slowest * LIMIT_FACTOR, LEAST_LIMIT_MS), MOST_LIMIT_MS);
    const before = await play(bench, { processors: 1 }, false, limitMs);
    const beforeCollect = await play(bench, { processors: 2, collect: true }, false, limitMs);
    const beforeTwo = await play(bench, { processors: 2 }, false, ample);
    const beforeCall = await play(bench, { processors: 1, calls: true }, false, ample);
    return {
      nowStuck: stuck(now),
      nowCollectStuck: stuck(nowCollect),
      beforeStuck: stuck(before),
      beforeCollectStuck: stuck(beforeCollect),
      beforeTwoStuck: stuck(beforeTwo),
      beforeCallStuck: stuck(beforeCall),
      nowMs: now.elapsedMs,
      limitMs,
      signals: stuck(now) === 1 ? 0 : now.result.number("signals"),
    };
  },
  decide,
});

interface Way {
  readonly processors: number;
  readonly collect?: boolean;
  readonly calls?: boolean;
}

async function play(bench: Bench, way: Way, preempt: boolean, withinMs: number): Promise<Outcome> {
  const env = { GODEBUG: preempt ? "asyncpreemptoff=0" : "asyncpreemptoff=1" };
  const outcome = await bench.run("loop.go", { ...way }, { env, withinMs });
  if (outcome.end === "time" || outcome.code === 0) return outcome;
  throw new ProgramFailure(`loop.go ended with ${outcome.code ?? outcome.signal ?? outcome.end}`);
}

function stuck(outcome: Outcome): number {
  return outcome.end === "time" ? 1 : 0;
}
