import { defineClaim } from "@heddle/claims";
import { type Drain, decide } from "./rule.js";

export const claim = defineClaim<Drain>({
  id: "microtasks-between-phases",
  topic: "node",
  claim: "Microtasks are drained between the phases of the event loop.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "Puts two timers, and then two callbacks of setImmediate, into one phase of the loop. The first leaves a promise and a nextTick; their place before or after the second callback is read off. A setImmediate of the first shows that both were in one phase.",
  rule: "Refuted if the promise runs before the second callback of the phase in both cases (it did not wait for the end of the phase); confirmed if it runs after it in both; otherwise it depends on the phase.",
  practice:
    "Microtasks run after every callback since Node 11. So a promise chain that renews itself starves timers and I/O of the same phase too: hand over with setImmediate in long chains.",
  programs: ["drain.cjs"],
  seconds: { full: 0.2, quick: 0.2 },
  alone: false,
  async measure(bench) {
    const { result } = await bench.must("drain.cjs");
    return {
      timers: result.text("timers"),
      immediates: result.text("immediates"),
      version: result.text("version"),
    };
  },
  decide,
});
