import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { differs } from "../../src/statistics/difference.js";

describe("a difference", () => {
  const base = [10, 10.2, 9.9, 10.1, 10];

  it("is one when the interval excludes 1", () => {
    const slower = [12, 12.1, 11.8, 12.3, 12];
    assert.equal(differs(slower, base).verdict, "greater");
    assert.equal(differs(base, slower).verdict, "less");
  });

  it("is a tie when the interval holds 1, however far the middles are apart", () => {
    const { verdict, ratio } = differs([12, 8, 15, 9, 13], base);
    assert.equal(verdict, "tie");
    assert.ok(ratio > 1.1);
  });

  it("is a tie within what the box makes of two equal things", () => {
    const slower = [10.5, 10.7, 10.4, 10.6, 10.5];
    assert.equal(differs(slower, base).verdict, "greater");
    assert.equal(differs(slower, base, { noise: [0.93, 1.07] }).verdict, "tie");
    assert.equal(differs(slower, base, { noise: [0.96, 1.04] }).verdict, "greater");
  });

  it("of single runs needs a factor of 1.5", () => {
    assert.equal(differs([14], [10]).verdict, "tie");
    assert.deepEqual(differs([16], [10]), { ratio: 1.6, interval: [1.6, 1.6], verdict: "greater", runs: 1 });
    assert.equal(differs([10], [16]).verdict, "less");
  });

  it("of anything to itself is a tie", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 9, noNaN: true }), { minLength: 1, maxLength: 6 }),
        (runs) => {
          assert.equal(differs(runs, runs, { resamples: 50 }).verdict, "tie");
        },
      ),
      { numRuns: 40 },
    );
  });
});
