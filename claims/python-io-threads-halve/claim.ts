import { defineClaim } from "@heddle/claims";
import { decide, TEXT, type Waits } from "./rule.js";

export const claim = defineClaim<Waits>({
  id: "python-io-threads-halve",
  topic: "python",
  claim:
    "For I/O, Python threads help in spite of the GIL: 2.14 s of requests in sequence take 1.08 s on two threads.",
  source: "Concurrency: Threads, the GIL, and the Event Loop",
  experiment:
    "Blocking requests over TCP to a server on this machine that answers after 100 ms: two in sequence, two on two threads, and more on as many threads.",
  rule: "Confirmed if two threads take at most 0.65 of the sequential time, refuted from 0.85 on.",
  practice:
    "A blocking call lets go of the GIL, so threads are a good answer to waiting: a pool of tens or hundreds of them needs no rewrite to async.",
  programs: ["wait.py"],
  seconds: { full: 0.7, quick: 0.5 },
  async measure(bench) {
    const delayMs = 100;
    const threads = bench.quick ? [2, 64] : [2, 8, 32, 64];
    const { result } = await bench.must("wait.py", { delayMs, threads });
    return {
      delayMs,
      sequenceMs: result.number("sequence"),
      threads,
      threadedMs: result.numbers("threaded"),
    };
  },
  decide,
  picture: ({ delayMs, sequenceMs, threads, threadedMs }) => ({
    kind: "bars",
    title: "Requests that wait, in sequence and on threads",
    value: { name: "time", unit: "waits of one request" },
    bars: [
      { name: "2 in sequence", value: sequenceMs / delayMs },
      { name: "2 on threads, claimed", value: (2 * TEXT.threads) / TEXT.sequence, role: "claimed" },
      ...threads.map((count, at) => ({
        name: `${count} on threads`,
        value: (threadedMs[at] ?? 0) / delayMs,
        role: "cure" as const,
      })),
    ],
  }),
});
