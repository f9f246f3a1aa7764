import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { ratioInterval, ratioOf } from "../../src/statistics/ratio.js";

const pairs = fc.array(
  fc.tuple(fc.double({ min: 0.1, max: 100, noNaN: true }), fc.double({ min: 0.1, max: 100, noNaN: true })),
  {
    minLength: 2,
    maxLength: 8,
  },
);
const quick = { numRuns: 40 };
const few = { resamples: 200 };

function close(actual: number, wanted: number): void {
  assert.ok(Math.abs(actual - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)), `${actual} is not ${wanted}`);
}

describe("the interval of a ratio", () => {
  it("cancels what disturbed both runs of a round", () => {
    const b = [10, 20, 40, 15, 11];
    const [low, high] = ratioInterval(
      b.map((value) => value * 1.5),
      b,
    );
    close(low, 1.5);
    close(high, 1.5);
  });

  it("of lists of different lengths is unpaired and wider than nothing", () => {
    const [low, high] = ratioInterval([15, 15.5, 16], [10, 10.2, 9.8, 10.1]);
    assert.ok(low > 1.4 && low < 1.55 && high > 1.55 && high < 1.7, `${low} to ${high}`);
  });

  it("of one run against several spreads the one like the others", () => {
    const [low, high] = ratioInterval([10], [9, 10, 11]);
    assert.ok(low < 0.8 && high > 1.2, `${low} to ${high}`);
  });

  it("to zero is unknown, of nothing to nothing is even", () => {
    assert.deepEqual(ratioInterval([1, 1], [0, 1]), [0, Number.POSITIVE_INFINITY]);
    assert.deepEqual(ratioInterval([0, 0], [0, 0]), [1, 1]);
  });

  it("does not change with the unit", () => {
    fc.assert(
      fc.property(pairs, fc.double({ min: 0.001, max: 1000, noNaN: true }), (values, unit) => {
        const a = values.map(([value]) => value);
        const b = values.map(([, value]) => value);
        const plain = ratioInterval(a, b, few);
        const scaled = ratioInterval(
          a.map((value) => value * unit),
          b.map((value) => value * unit),
          few,
        );
        close(scaled[0] / plain[0], 1);
        close(scaled[1] / plain[1], 1);
      }),
      quick,
    );
  });

  it("is inverted when the two are swapped", () => {
    fc.assert(
      fc.property(pairs, (values) => {
        const a = values.map(([value]) => value);
        const b = values.map(([, value]) => value);
        close(ratioOf(a, b) * ratioOf(b, a), 1);
      }),
      quick,
    );
  });
});
