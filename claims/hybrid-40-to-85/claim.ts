import { defineClaim, NotTestable } from "@heddle/claims";
import { CLAIMED, decide, type Hybrid } from "./rule.js";

/** In cores. Beyond 1, an event loop alone cannot keep up; close to 2, a pool on two cores could not either. */
const LOADS = { full: [0.4, 0.8, 1.2, 1.5], quick: [0.4, 1.2, 1.5] };

export const claim = defineClaim<Hybrid>({
  id: "hybrid-40-to-85",
  topic: "tail",
  claim: "Going from async-only to hybrid brings CPU use from 40 % to 85 % and the p99 from 150 to 30 ms.",
  source: "Your async code isn't concurrent",
  experiment:
    "Sends the same requests (wait 10 ms, then compute 2 ms) to an event loop in Node that computes itself, and to one that hands the computing to a pool of threads: Poisson arrivals on their own clock, no HTTP, latency from the intended moment, at rates of 0.4 to 1.5 cores of computing. CPU use is counted while requests arrive. Of several windows with the same arrivals the one with the lowest p99 counts, for each of the two; where others kept hybrid from its cores, up to three more are tried.",
  rule: "At one load the claim holds if hybrid at least halves the p99 and uses at least 1.2x the CPU. Confirmed if it holds at every load, refuted if at none, otherwise it depends on the load; undecided if other programs leave hybrid too few cores to show a gain.",
  practice:
    "Look at the loop first. As long as its core is not full, the work is the same with a pool, which only adds its hand-over. Once computing needs more than the loop's one core, the queue grows without end, and a pool of one thread per core is the cure. An event loop alone never uses more than one core, whatever the machine has.",
  programs: ["serve.mjs"],
  seconds: { full: 5, quick: 3.2 },
  async measure(bench) {
    if (bench.cores < 2)
      throw new NotTestable("a pool needs a second core", "a machine with 2 cores or more");
    const loads = bench.quick ? LOADS.quick : LOADS.full;
    const { result } = await bench.must("serve.mjs", {
      seed: bench.seed,
      loads,
      rounds: 2,
      windowMs: bench.quick ? 190 : 240,
      waitMs: 10,
      cpuMs: 2,
      threads: Math.min(4, bench.cores),
    });
    return {
      cores: bench.cores,
      loads,
      asyncCores: result.numbers("asyncCores"),
      hybridCores: result.numbers("hybridCores"),
      asyncP99Ms: result.numbers("asyncP99Ms"),
      hybridP99Ms: result.numbers("hybridP99Ms"),
    };
  },
  decide,
  picture: (n) => ({
    kind: "lines",
    title: "p99 with the computing on the loop and in a pool",
    x: { name: "work", unit: "cores" },
    y: { name: "p99", unit: "ms", scale: "log" },
    lines: [
      { name: "async only", points: line(n.loads, n.asyncP99Ms) },
      { name: "hybrid", points: line(n.loads, n.hybridP99Ms), role: "cure" },
      { name: "claimed, async only", points: flat(n.loads, CLAIMED.asyncMs), role: "claimed" },
      { name: "claimed, hybrid", points: flat(n.loads, CLAIMED.hybridMs), role: "claimed" },
    ],
    mark: { x: 1, name: "the loop's one core is full" },
  }),
});

const line = (loads: readonly number[], p99Ms: readonly number[]): (readonly [number, number])[] =>
  loads.map((load, at) => [load, p99Ms[at] ?? 0] as const);

const flat = (loads: readonly number[], ms: number): (readonly [number, number])[] =>
  loads.map((load) => [load, ms] as const);
