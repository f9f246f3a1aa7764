import { defineClaim } from "@heddle/claims";
import { quantileOfSorted } from "@heddle/lab";
import { decide, type Overload } from "./rule.js";

const load = 1.5;
const capacity = 8;

export const claim = defineClaim<Overload>({
  id: "unbounded-queue-overload",
  topic: "load",
  claim:
    "Under overload an unbounded queue makes every request late; a bounded one that rejects keeps the latency of the accepted ones.",
  source: "common advice for servers",
  experiment:
    "Two servers in one Node program serve one request at a time (a wait of 2 ms) and get the same random arrivals at about 1.5 times what they can serve. One queue is a channel without a limit, the other one with room for 8 that rejects when it is full. Latency counts from the arrival to the end of the service.",
  rule: "Late is more than twice the time in which a full bounded queue is served. Confirmed if in the last quarter of the answers 95 % of the unbounded queue's are late, their median has grown 1.5 times since the second quarter, and three quarters of the bounded queue's are not late (one stall of the machine reaches all that are queued). Refuted if 95 % of the unbounded queue's are not late, or half of the bounded queue's are.",
  practice:
    "Give every queue a capacity, and reject at once what finds it full: capacity times the service time is the latency that you promise. Overload does not go away in a queue, it becomes latency.",
  programs: ["queues.mjs"],
  seconds: { full: 0.9, quick: 0.6 },
  async measure(bench) {
    const services = bench.quick ? 180 : 300;
    const { result } = await bench.must("queues.mjs", {
      serviceMs: 2,
      load,
      services,
      capacity,
      seed: bench.seed,
    });
    const unbounded = quarters(result.numbers("unboundedMs"));
    const bounded = quarters(result.numbers("boundedMs"));
    const offered = result.number("offered");
    return {
      load: offered / result.numbers("unboundedMs").length,
      capacity,
      // Of a server that was never idle. The trials before the load only set the rate.
      serviceMs: result.number("durationMs") / result.numbers("unboundedMs").length,
      rejectedShare: result.number("rejected") / offered,
      unboundedMs: unbounded.map((quarter) => quantileOfSorted(quarter, 0.5)),
      boundedMs: bounded.map((quarter) => quantileOfSorted(quarter, 0.5)),
      unboundedP5Ms: quantileOfSorted(unbounded[3] ?? [], 0.05),
      unboundedP95Ms: quantileOfSorted(unbounded[3] ?? [], 0.95),
      boundedP75Ms: quantileOfSorted(bounded[3] ?? [], 0.75),
      unboundedLengths: result.numbers("unboundedLengths"),
      boundedLengths: result.numbers("boundedLengths"),
    };
  },
  decide,
  picture: (numbers) => {
    const points = (lengths: readonly number[]) =>
      lengths.map((length, at) => [(100 * at) / (lengths.length - 1), length] as const);
    return {
      kind: "lines",
      title: "Requests in the queue under overload",
      x: { name: "time of the overload", unit: "%" },
      y: { name: "requests in the queue", unit: "" },
      lines: [
        { name: "unbounded", points: points(numbers.unboundedLengths) },
        { name: `room for ${numbers.capacity}`, points: points(numbers.boundedLengths), role: "cure" },
      ],
    };
  },
});

/** Latencies in the order of the answers, as four parts, each sorted. */
function quarters(latencies: readonly number[]): number[][] {
  return [0, 1, 2, 3].map((part) => {
    const [from, to] = [part, part + 1].map((edge) => Math.floor((edge * latencies.length) / 4));
    return latencies.slice(from, to).sort((a, b) => a - b);
  });
}
