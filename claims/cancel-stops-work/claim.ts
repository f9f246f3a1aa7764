import { defineClaim } from "@heddle/claims";
import { type CancelStopsWork, decide, waysOf } from "./rule.js";

const GRACE_MS = 30;

export const claim = defineClaim<CancelStopsWork>({
  id: "cancel-stops-work",
  topic: "failure",
  claim: "Cancelling a promise or future stops its work.",
  source: "common advice, of no particular text",
  experiment:
    "Work in steps of some milliseconds is cancelled when a few are done: futures of a Python thread pool (running and queued), an asyncio task, an asyncio task that waits for a thread, in Java a CompletableFuture and a Future that interrupts, in Node promises with an AbortSignal that they look at or not, and tasks of a @heddle/runtime pool that compute without a pause, looking at their signal or not. The share of the rest that is done after the cancel.",
  rule: "A way of cancelling stops the work if at most half of what was left is done after it. Confirmed if all of them stop it, refuted if none does, otherwise it depends on what is cancelled.",
  practice:
    "Cancelling is a request. Work that awaits hears it at its next await if it is given the signal; work that computes has to look at a flag; a thread that does neither can only be abandoned or ended with everything in it, so put such work where its worker can be replaced.",
  programs: ["cancel.py", "cancel.mjs"],
  optional: ["Cancel.java"],
  seconds: { full: 1, quick: 0.8 },
  alone: false,
  async measure(bench) {
    const args = { steps: bench.quick ? 20 : 25, stepMs: 10, cancelAt: 4, graceMs: GRACE_MS };
    const [python, node, java] = await Promise.all([
      bench.must("cancel.py", args),
      bench.must("cancel.mjs", args),
      bench.has("Cancel.java") ? bench.must("Cancel.java", args) : null,
    ]);
    return {
      threadRunning: python.result.number("threadRunning"),
      threadQueued: python.result.number("threadQueued"),
      asyncioTask: python.result.number("asyncioTask"),
      asyncioThread: python.result.number("asyncioThread"),
      threadSaid: python.result.text("threadSaid"),
      completable: java?.result.number("completable") ?? null,
      interrupted: java?.result.number("interrupted") ?? null,
      signalIgnored: node.result.number("signalIgnored"),
      signalHeeded: node.result.number("signalHeeded"),
      poolLooks: node.result.number("poolLooks"),
      poolDeaf: node.result.number("poolDeaf"),
      graceMs: GRACE_MS,
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: "Work done after it was cancelled",
    value: { name: "share of what was left", unit: "%" },
    bars: [
      { name: "claimed", value: 0, role: "claimed" },
      ...waysOf(numbers).map(([name, share]) => ({ name, value: share * 100 })),
    ],
  }),
});
