import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { bootstrapInterval } from "../../src/statistics/bootstrap.js";
import { mean, median } from "../../src/statistics/median.js";
import { random } from "../../src/statistics/random.js";

const runs = fc.array(fc.double({ min: 0.01, max: 1e4, noNaN: true }), { minLength: 2, maxLength: 10 });
const quick = { numRuns: 40 };
const few = { resamples: 200 };

function close(actual: number, wanted: number): void {
  assert.ok(Math.abs(actual - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)), `${actual} is not ${wanted}`);
}

describe("the interval between runs", () => {
  it("of one run is that run", () => {
    assert.deepEqual(bootstrapInterval([7]), [7, 7]);
  });

  it("of equal runs has no width", () => {
    const [low, high] = bootstrapInterval([3, 3, 3]);
    close(low, 3);
    close(high, 3);
  });

  it("of two runs reaches far beyond both, because two runs know little", () => {
    const [low, high] = bootstrapInterval([10, 11]);
    assert.ok(low < 7 && high > 15, `${low} to ${high}`);
  });

  it("of five runs is at least as wide as Student's", () => {
    const [low, high] = bootstrapInterval([9, 10, 10, 10, 11]);
    assert.ok(low < 9.2 && high > 10.8 && low > 8.5 && high < 11.6, `${low} to ${high}`);
  });

  it("takes another statistic and a zero", () => {
    const [low, high] = bootstrapInterval([0, 1, 2], { statistic: mean });
    assert.ok(low <= 0 && high >= 2, `${low} to ${high}`);
  });

  it("refuses no runs and a figure that is none", () => {
    assert.throws(() => bootstrapInterval([]), RangeError);
    assert.throws(() => bootstrapInterval([1, Number.NaN]), RangeError);
  });

  it("contains its point estimate", () => {
    fc.assert(
      fc.property(runs, (values) => {
        const [low, high] = bootstrapInterval(values, few);
        const estimate = median(values);
        assert.ok(low <= estimate && estimate <= high);
      }),
      quick,
    );
  });

  it("does not depend on the order of the runs", () => {
    fc.assert(
      fc.property(runs, (values) => {
        assert.deepEqual(bootstrapInterval(values, few), bootstrapInterval([...values].reverse(), few));
      }),
      quick,
    );
  });

  it("contains the truth about as often as it says, for 3, 5 and 10 runs", () => {
    const chance = random(11);
    for (const count of [3, 5, 10]) {
      let held = 0;
      const trials = 300;
      for (let trial = 0; trial < trials; trial += 1) {
        const values = Array.from({ length: count }, () =>
          Math.exp(0.1 * normal(chance.next(), chance.next())),
        );
        const [low, high] = bootstrapInterval(values, { resamples: 100, seed: trial });
        if (low <= 1 && 1 <= high) held += 1;
      }
      assert.ok(held / trials >= 0.92, `${count} runs: ${held} of ${trials}`);
    }
  });
});

function normal(u: number, v: number): number {
  return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
}
