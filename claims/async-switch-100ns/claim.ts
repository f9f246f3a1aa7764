import { defineClaim } from "@heddle/claims";
import { type AsyncSwitch, CLAIMED_CALLBACK_NS, CLAIMED_SWITCH_NS, decide, waysOf } from "./rule.js";

export const claim = defineClaim<AsyncSwitch>({
  id: "async-switch-100ns",
  topic: "switches",
  claim: "An async switch costs about 100 ns, a callback about 50 ns.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "Times one step, the best of five repetitions, of eight ways to go from one piece of code to another within a thread. Switches: 2 and 1,000 asyncio tasks in turn (sleep(0)), two Python generators under a loop of three lines, two async functions in Node. Callbacks that schedule the next one: asyncio's call_soon, Node's queueMicrotask, process.nextTick and setImmediate.",
  rule: "Half a decade is allowed around each figure (32 to 316 ns for a switch, 16 to 158 ns for a callback). Confirmed if all eight lie in it, refuted if none does, otherwise it depends on the runtime.",
  practice:
    "The word async has no price; the runtime has. Where the price of a step counts, measure the loop that you use, and await in batches rather than per item.",
  programs: ["steps.py", "steps.mjs"],
  seconds: { full: 1, quick: 0.5 },
  async measure(bench) {
    const python = await bench.must("steps.py", { steps: bench.quick ? 5_000 : 10_000 });
    const node = await bench.must("steps.mjs", { steps: bench.quick ? 60_000 : 200_000 });
    return {
      twoTasksNs: python.result.number("twoTasks"),
      manyTasksNs: python.result.number("manyTasks"),
      generatorsNs: python.result.number("generators"),
      awaitsNs: node.result.number("awaits"),
      callSoonNs: python.result.number("callSoon"),
      microtasksNs: node.result.number("microtasks"),
      ticksNs: node.result.number("ticks"),
      immediatesNs: node.result.number("immediates"),
      awaitedNs: python.result.number("awaited"),
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: "One step within a thread",
    value: { name: "time", unit: "ns", scale: "log" },
    bars: [
      { name: "claimed, async switch", value: CLAIMED_SWITCH_NS, role: "claimed" },
      { name: "claimed, callback", value: CLAIMED_CALLBACK_NS, role: "claimed" },
      ...waysOf(numbers).map(({ name, ns }) => ({ name, value: ns })),
    ],
  }),
});
