import { defineClaim } from "@heddle/claims";
import { type BlockedLoop, decide } from "./rule.js";

const SLOW_MS = 60;

export const claim = defineClaim<BlockedLoop>({
  id: "blocked-loop-node",
  topic: "node",
  claim: "One CPU-bound callback blocks every other request of the event loop.",
  source: "Threading vs Async vs Event Loop; Concurrency: Threads, the GIL, and the Event Loop",
  experiment: `Asks a Node HTTP server for something quick every 4 ms, by a client in another process: alone, beside one request per round that computes for ${SLOW_MS} ms in its callback, and beside the same work in a pool of one worker thread. Counts the quick requests sent while it computed that were answered before its end.`,
  rule: "Confirmed if at most 5 % of the requests that came during the callback are answered before its end; refuted if half of them are answered; otherwise undecided. The p99 of all quick requests is told and decides nothing: other programs of the machine lengthen it too.",
  practice:
    "Nothing that computes for more than a few milliseconds belongs into a callback of a server. Hand it to a pool of worker threads that is kept, and watch the loop for blocks.",
  programs: ["server.mjs", "client.mjs"],
  seconds: { full: 2, quick: 1.3 },
  async measure(bench) {
    await using server = await bench.start("server.mjs", { slowMs: SLOW_MS });
    const rounds = bench.quick ? 2 : 4;
    const args = { port: server.port, phases: [null, "/inline", "/pool"], rounds, roundMs: 110, everyMs: 4 };
    const { result } = await bench.must("client.mjs", args);
    const [none = Number.NaN, inline = Number.NaN, pool = Number.NaN] = result.numbers("p99");
    const [, during = 0, duringPool = 0] = result.numbers("during");
    const [, answered = 0, answeredPool = 0] = result.numbers("answered");
    return {
      slowMs: SLOW_MS,
      during,
      answeredInline: answered / Math.max(1, during),
      answeredPool: answeredPool / Math.max(1, duringPool),
      p99None: none,
      p99Inline: inline,
      p99Pool: pool,
    };
  },
  decide,
  picture: ({ p99None, p99Inline, p99Pool }) => ({
    kind: "bars",
    title: "p99 of quick requests",
    value: { name: "latency", unit: "ms", scale: "log" },
    bars: [
      { name: "no slow request", value: p99None },
      { name: `${SLOW_MS} ms in a callback`, value: p99Inline },
      { name: `${SLOW_MS} ms in a worker thread`, value: p99Pool, role: "cure" },
    ],
  }),
});
