import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { BUCKETS, bucketOf, MAX_NS, upperEdge } from "../../src/metrics/buckets.js";
import { Histogram } from "../../src/metrics/histogram.js";

test("an empty histogram is all zeros", () => {
  const { spanMs, ...window } = new Histogram().window();
  const zeros = { count: 0, minMs: 0, meanMs: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0, maxMs: 0 };
  assert.deepEqual(new Histogram().snapshot(), zeros);
  assert.deepEqual({ spanMs, ...window }, { spanMs: 0, ...zeros });
});

test("snapshots are frozen", () => {
  assert.ok(Object.isFrozen(new Histogram().snapshot()));
  assert.ok(Object.isFrozen(new Histogram().window()));
});

test("count, mean and extremes are exact", () => {
  const histogram = new Histogram();
  for (const ms of [1, 2, 3, 10]) histogram.record(ms * 1e6);
  const { count, minMs, meanMs, maxMs } = histogram.snapshot();
  assert.deepEqual({ count, minMs, meanMs, maxMs }, { count: 4, minMs: 1, meanMs: 4, maxMs: 10 });
});

const duration = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.double({ min: 0, max: 1e7, noNaN: true }),
  fc.double({ min: 0, max: MAX_NS, noNaN: true }),
);

test("a percentile is never below the true one and at most 1/64 above it", () => {
  fc.assert(
    fc.property(fc.array(duration, { minLength: 1, maxLength: 200 }), (values) => {
      const histogram = new Histogram();
      for (const value of values) histogram.record(value);
      const sorted = [...values].sort((a, b) => a - b);
      const snapshot = histogram.snapshot();
      const reported: readonly (readonly [number, number])[] = [
        [0.5, snapshot.p50Ms],
        [0.9, snapshot.p90Ms],
        [0.99, snapshot.p99Ms],
      ];
      for (const [share, ms] of reported) {
        assert.ok(ms <= snapshot.maxMs, `p${share} is above the maximum`);
        const truth = sorted[Math.ceil(share * values.length) - 1] ?? Number.NaN;
        const ns = ms * 1e6;
        assert.ok(ns >= truth * (1 - 1e-12) - 1e-9, `p${share}: ${ns} is below ${truth}`);
        assert.ok(ns <= truth * (1 + 1 / 64) + 1 + 1e-6, `p${share}: ${ns} is too far above ${truth}`);
      }
    }),
  );
});

test("buckets cover every duration without gap or overlap", () => {
  for (let i = 0; i < bucketOf(MAX_NS); i++) {
    const edge = upperEdge(i);
    assert.equal(bucketOf(edge), i + 1, `the edge of bucket ${i}`);
    assert.equal(bucketOf(edge - Math.max(edge * 2 ** -50, 1e-9)), i, `just below the edge of bucket ${i}`);
  }
  assert.ok(bucketOf(MAX_NS) < BUCKETS);
});

test("what no duration can be is clamped, and NaN is refused", () => {
  const histogram = new Histogram();
  histogram.record(-5);
  histogram.record(Number.POSITIVE_INFINITY);
  assert.equal(histogram.snapshot().minMs, 0);
  assert.equal(histogram.snapshot().maxMs, MAX_NS / 1e6);
  assert.throws(() => histogram.record(Number.NaN), { code: "BAD_OPTION" });
  assert.equal(histogram.snapshot().count, 2);
});

test("a window that makes no sense is refused", () => {
  assert.throws(() => new Histogram({ windowMs: 0 }), { code: "BAD_OPTION" });
  assert.throws(() => new Histogram({ windowMs: Number.NaN }), { code: "BAD_OPTION" });
});

/** Bounded: a window that never empties is a failure, not a hang. */
async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !condition(); i++) await wait(5);
  assert.ok(condition());
}

test("the window forgets what the whole life keeps", async () => {
  const histogram = new Histogram({ windowMs: 20 });
  histogram.record(5e6);
  assert.equal(histogram.window().count, 1);
  await until(() => histogram.window().count === 0);
  assert.equal(histogram.window().spanMs, 0);
  histogram.record(1e6);
  assert.equal(histogram.window().maxMs, 1);
  assert.equal(histogram.snapshot().maxMs, 5);
  assert.equal(histogram.snapshot().count, 2);
});

test("nothing is lost or counted twice while windows rotate", async () => {
  const histogram = new Histogram({ windowMs: 2 });
  for (let i = 0; i < 50; i++) {
    for (let j = 0; j < 10; j++) histogram.record(1_000);
    await wait(1);
  }
  assert.equal(histogram.snapshot().count, 500);
  assert.ok(histogram.window().count <= 500);
});

test("the window says how long it is", async () => {
  const histogram = new Histogram({ windowMs: 10_000 });
  histogram.record(1);
  const before = histogram.window().spanMs;
  await wait(5);
  assert.ok(histogram.window().spanMs > before);
});
