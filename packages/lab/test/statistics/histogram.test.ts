import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LatencyHistogram } from "../../src/statistics/histogram.js";

const latencies = fc.array(fc.double({ min: 0.001, max: 500_000, noNaN: true }), {
  minLength: 1,
  maxLength: 200,
});

function of(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

test("a quantile is within 0.1 % or a microsecond of the recorded value at that rank", () => {
  fc.assert(
    fc.property(latencies, fc.constantFrom(0.5, 0.9, 0.99, 1), (values, q) => {
      const sorted = [...values].sort((a, b) => a - b);
      const got = of(values).quantile(q);
      // The rank q*n falls between two records when it is not whole; either neighbour is a right answer.
      const rank = q * values.length;
      const near = [Math.floor(rank) - 1, Math.ceil(rank) - 1, Math.round(rank) - 1]
        .map((at) => sorted[Math.max(0, Math.min(values.length - 1, at))] ?? 0)
        .some((value) => Math.abs(got - value) <= value * 0.001 + 0.0015);
      assert.ok(near, `q=${q} gave ${got} for ${sorted}`);
    }),
  );
});

test("encoding and decoding keeps count and every quantile", () => {
  fc.assert(
    fc.property(latencies, (values) => {
      const before = of(values);
      const after = LatencyHistogram.decode(before.encode());
      assert.deepEqual(after.quantiles(), before.quantiles());
      assert.deepEqual(after.curve(), before.curve());
      assert.equal(after.count, values.length);
    }),
    { numRuns: 30 },
  );
});

test("an empty histogram encodes, decodes and answers zeros", () => {
  const empty = LatencyHistogram.decode(new LatencyHistogram().encode());
  assert.deepEqual(empty.quantiles(), { p50: 0, p90: 0, p99: 0, p999: null, max: 0, mean: 0 });
  assert.deepEqual(empty.curve(), []);
});

test("adding two histograms is recording both", () => {
  fc.assert(
    fc.property(latencies, latencies, (a, b) => {
      const sum = LatencyHistogram.decode(of(a).encode());
      sum.add(of(b));
      assert.equal(sum.count, a.length + b.length);
      assert.deepEqual(sum.curve(), of([...a, ...b]).curve());
    }),
    { numRuns: 30 },
  );
});

test("p99.9 is told only from 100,000 records up", () => {
  const histogram = new LatencyHistogram();
  for (let at = 1; at < 100_000; at++) histogram.record(at / 1_000);
  assert.equal(histogram.quantiles().p999, null);
  histogram.record(100);
  const { p999 } = histogram.quantiles();
  assert.ok(p999 !== null && Math.abs(p999 - 99.9) < 0.1, `p999 is ${p999}`);
});

test("longer than ten minutes is recorded as ten minutes and counted", () => {
  const histogram = of([1, 3_600_000]);
  assert.equal(histogram.clamped, 1);
  assert.ok(Math.abs(histogram.quantile(1) - 600_000) < 600);
});

test("no latency is negative or not a number", () => {
  assert.throws(() => new LatencyHistogram().record(-1), RangeError);
  assert.throws(() => new LatencyHistogram().record(Number.NaN), RangeError);
});

test("a curve rises, has at most 120 points and holds the usual quantiles and the maximum", () => {
  for (const size of [1, 50, 20_000, 300_000]) {
    const histogram = new LatencyHistogram();
    for (let at = 0; at < size; at++) histogram.record(at / 100);
    const curve = histogram.curve();
    assert.ok(curve.length <= 120, `${curve.length} points`);
    for (const q of [0.5, 0.9, 0.99, 0.999, 1]) assert.ok(curve.some((point) => point[0] === q));
    for (const [at, point] of curve.entries()) {
      const before = curve[at - 1] ?? [-1, 0];
      assert.ok(point[0] > before[0] && point[1] >= before[1], `${before} then ${point}`);
    }
    assert.equal(curve.at(-1)?.[1], histogram.quantile(1));
  }
});
