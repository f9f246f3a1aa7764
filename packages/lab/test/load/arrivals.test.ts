import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ArrivalProcess, arrivals } from "../../src/load/arrivals.js";

const processes: readonly ArrivalProcess[] = ["poisson", "constant", "bursty"];

function first(count: number, process: ArrivalProcess, rate: number, seed: number): number[] {
  const next = arrivals(process, rate, seed);
  return Array.from({ length: count }, next);
}

for (const process of processes) {
  test(`${process} arrivals of one seed are the same every time and never go back`, () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 200_000 }), (seed, rate) => {
        const times = first(300, process, rate, seed);
        assert.deepEqual(first(300, process, rate, seed), times);
        for (const [at, time] of times.entries()) assert.ok(time >= (times[at - 1] ?? 0));
      }),
      { numRuns: 50 },
    );
  });

  test(`${process} arrivals have the asked mean rate`, () => {
    const times = first(400_000, process, 2_000, 11);
    const rate = (times.length / (times.at(-1) ?? 0)) * 1_000;
    assert.ok(Math.abs(rate / 2_000 - 1) < 0.05, `${rate}/s instead of 2,000/s`);
  });
}

test("another seed gives other poisson and bursty arrivals", () => {
  assert.notDeepEqual(first(10, "poisson", 100, 1), first(10, "poisson", 100, 2));
  assert.notDeepEqual(first(10, "bursty", 100, 1), first(10, "bursty", 100, 2));
});

/** Variance over mean of the arrivals per 100 ms: 0 when even, 1 for Poisson, more in bursts. */
function dispersion(process: ArrivalProcess): number {
  const counts: number[] = [];
  for (const time of first(200_000, process, 1_000, 5)) {
    const bin = Math.floor(time / 100);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const whole = Array.from(counts.slice(0, -1), (count) => count ?? 0);
  const mean = whole.reduce((sum, count) => sum + count, 0) / whole.length;
  return whole.reduce((sum, count) => sum + (count - mean) ** 2, 0) / whole.length / mean;
}

test("constant arrivals are even, poisson ones random, bursty ones in bursts", () => {
  const [even, random, bursts] = [dispersion("constant"), dispersion("poisson"), dispersion("bursty")];
  assert.ok(even < 0.05, `constant: ${even}`);
  assert.ok(random > 0.9 && random < 1.1, `poisson: ${random}`);
  assert.ok(bursts > 20, `bursty: ${bursts}`);
});
