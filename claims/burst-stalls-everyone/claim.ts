import { defineClaim } from "@heddle/claims";
import { type BurstStalls, decide } from "./rule.js";

const CONNECTIONS = 400;
const BURST_MS = 50;

export const claim = defineClaim<BurstStalls>({
  id: "burst-stalls-everyone",
  topic: "tail",
  claim: "A CPU burst of 50 ms on the event loop stalls all 100,000 connections.",
  source: "Your async code isn't concurrent",
  experiment:
    "Opens 400 connections to a TCP server on one event loop in Node, with the clients in a thread of their own. During a burst of 50 ms, computed on the loop or in a pool, one request is sent on every other connection. Then 1,000 requests per second, with one in 10,000 to one in 100 of them a burst. (For the rarer ones, the window with a burst counts among as many quiet windows as lie between two bursts.) What a burst does to one connection does not depend on how many others are open: all wait for the same thread. 400 stand for 100,000.",
  rule: "Confirmed if 95 % or more of the requests sent during a burst wait for 40 % of its length or more; refuted if half or fewer; undecided in between, or if more than 20 % are late without any burst.",
  practice:
    "Keep every chunk on the loop short (a few ms), and hand longer ones to a pool of threads. Watch the maximum of the event-loop delay, not its mean: one burst in 10,000 requests hides from the p99 but not from its users.",
  programs: ["serve.mjs"],
  seconds: { full: 2.6, quick: 2.1 },
  async measure(bench) {
    const { result } = await bench.must("serve.mjs", {
      connections: CONNECTIONS,
      burstMs: BURST_MS,
      rounds: 5,
      windowMs: bench.quick ? 200 : 300,
      ratePerS: 1_000,
      manyBursts: bench.quick ? 2 : 3,
    });
    return {
      connections: CONNECTIONS,
      burstMs: BURST_MS,
      loopLate: result.number("loopLate"),
      poolLate: result.number("poolLate"),
      quietLate: result.number("quietLate"),
      percents: result.numbers("percents"),
      p99Ms: result.numbers("p99Ms"),
      maxMs: result.numbers("maxMs"),
      quietP99Ms: result.number("quietP99Ms"),
      poolP99Ms: result.number("poolP99Ms"),
      poolMaxMs: result.number("poolMaxMs"),
    };
  },
  decide,
  picture: (n) => ({
    kind: "lines",
    title: "Latency of all other requests, by how many are bursts of 50 ms",
    x: { name: "requests that are bursts", unit: "%", scale: "log" },
    y: { name: "latency of the others", unit: "ms", scale: "log" },
    lines: [
      { name: "maximum", points: n.percents.map((x, at) => [x, n.maxMs[at] ?? 0] as const) },
      { name: "p99", points: n.percents.map((x, at) => [x, n.p99Ms[at] ?? 0] as const) },
      { name: "p99, bursts in a pool", points: [[n.percents.at(-1) ?? 1, n.poolP99Ms]], role: "cure" },
      { name: "p99 without bursts", points: n.percents.map((x) => [x, n.quietP99Ms] as const) },
    ],
  }),
});
