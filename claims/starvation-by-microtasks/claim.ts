import { defineClaim } from "@heddle/claims";
import { decide, type StarvationByMicrotasks } from "./rule.js";

export const claim = defineClaim<StarvationByMicrotasks>({
  id: "starvation-by-microtasks",
  topic: "node",
  claim: "Recursive process.nextTick (or promise) calls starve I/O.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "In Node, calls queue themselves again for several lengths of time by process.nextTick, by promises and by setImmediate, while a 1 ms timer and a file look-up are repeated beside them: how long both wait, and how many are served before the chain is over.",
  rule: "Confirmed if beside nextTick and beside promises at most 1 % as many timers and look-ups are served as beside setImmediate; refuted if beside each at least 10 % as many; undecided if setImmediate lets through fewer than 20.",
  practice:
    "Cut long work on the loop by setImmediate (or a checkpoint that yields to the loop), never by process.nextTick or an await of something that is ready: these run before the loop turns, however long that takes.",
  programs: ["starve.mjs"],
  seconds: { full: 0.7, quick: 0.4 },
  alone: false,
  async measure(bench) {
    const chainsMs = bench.quick ? [15, 30, 60] : [25, 50, 100];
    const { result } = await bench.must("starve.mjs", { chainsMs });
    const served = (way: string): number => result.numbers(`${way}_served`).reduce((a, b) => a + b, 0);
    return {
      chainsMs,
      nextTickMs: result.numbers("nextTick_ioMs"),
      promiseMs: result.numbers("promise_ioMs"),
      immediateMs: result.numbers("immediate_ioMs"),
      timerMs: Math.max(...result.numbers("nextTick_timerMs"), ...result.numbers("promise_timerMs")),
      nextTickServed: served("nextTick"),
      promiseServed: served("promise"),
      immediateServed: served("immediate"),
    };
  },
  decide,
  picture: ({ chainsMs, nextTickMs, promiseMs, immediateMs }) => {
    const points = (waits: readonly number[]) =>
      chainsMs.map((chain, at) => [chain, waits[at] ?? 0] as const);
    return {
      kind: "lines",
      title: "How long I/O waits for a chain of calls",
      x: { name: "length of the chain", unit: "ms" },
      y: { name: "wait of a file look-up", unit: "ms" },
      lines: [
        { name: "process.nextTick", points: points(nextTickMs) },
        { name: "promises", points: points(promiseMs) },
        { name: "setImmediate", role: "cure", points: points(immediateMs) },
      ],
    };
  },
});
