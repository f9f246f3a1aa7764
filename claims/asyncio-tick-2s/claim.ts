import { defineClaim } from "@heddle/claims";
import { decide, type Ticks } from "./rule.js";

export const claim = defineClaim<Ticks>({
  id: "asyncio-tick-2s",
  topic: "python",
  claim:
    'Computation in a coroutine blocks the loop: a ticker task made before it ticks only when the work is done, and prints "tick at 2.4s".',
  source: "Concurrency: Threads, the GIL, and the Event Loop",
  experiment:
    "A coroutine makes a ticker task, computes without awaiting, and cancels the ticker, in a tenth of the text's time. Beside it: the same with a turn for the ticker before and after the work, and with the work on a thread, awaited.",
  rule: "Confirmed if the snippet prints a tick, refuted if it prints none.",
  practice:
    "A task that was made has not started: it runs at the next await of its maker, and code that computes without awaiting keeps the whole loop. Hand such work to a thread or a process, await it, and the timers go on.",
  programs: ["tick.py"],
  seconds: { full: 0.8, quick: 0.8 },
  alone: false,
  async measure(bench) {
    const work = { workMs: 240, periodMs: 20 };
    const { result } = await bench.must("tick.py", work);
    const withTurns = result.numbers("withTurns");
    return {
      ...work,
      verbatim: result.numbers("verbatim").length,
      withTurns: withTurns.length,
      firstWithTurnsMs: withTurns[0] ?? null,
      onThread: result.numbers("onThread").length,
    };
  },
  decide,
});
