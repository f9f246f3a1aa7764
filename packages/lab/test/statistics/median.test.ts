import assert from "node:assert/strict";
import { it } from "node:test";
import { figure } from "../../src/statistics/figure.js";
import { geometricMean, mean, median, quantileOfSorted, variance } from "../../src/statistics/median.js";

it("takes the middle, or the mean of the two in the middle", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.throws(() => median([]), RangeError);
});

it("knows the other summaries", () => {
  assert.equal(mean([1, 2, 6]), 3);
  assert.ok(Math.abs(geometricMean([0.5, 2]) - 1) < 1e-12);
  assert.equal(variance([1, 3]), 2);
  assert.equal(variance([1]), 0);
  assert.equal(quantileOfSorted([0, 10], 0.25), 2.5);
});

it("writes numbers as people read them", () => {
  assert.equal(figure(12_345.6), "12,346");
  assert.equal(figure(1.2345), "1.23");
  assert.equal(figure(0.000123), "0.000123");
  assert.equal(figure(Number.POSITIVE_INFINITY), "unbounded");
});
