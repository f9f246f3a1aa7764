import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { poolNumbers } from "../../src/run/pool.js";

test("numbers become their median, sweeps element by element, text the most frequent", () => {
  const pooled = poolNumbers([
    { n: 1, sweep: [1, 10], order: "a,b" },
    { n: 100, sweep: [3, 30], order: "b,a" },
    { n: 3, sweep: [2, 20], order: "a,b" },
  ]);
  assert.deepEqual(pooled, { n: 3, sweep: [2, 20], order: "a,b" });
});

test("what half of the runs did not give is null", () => {
  assert.deepEqual(poolNumbers([{ n: 1 }, { n: null }]), { n: null });
  assert.deepEqual(poolNumbers([{ n: 1 }, { n: 3 }, { n: null }]), { n: 2 });
  assert.deepEqual(poolNumbers([{ n: 1 }, {}]), { n: null });
});

test("a sweep whose runs differ in length is that of the first", () => {
  assert.deepEqual(poolNumbers([{ s: [1, 2] }, { s: [3] }]), { s: [1, 2] });
});

test("one run pools to itself, and the order of runs does not matter for numbers", () => {
  const run = fc.record({ a: fc.integer(), b: fc.integer() }, { noNullPrototype: true });
  fc.assert(fc.property(run, (one) => assert.deepEqual(poolNumbers([one]), one)));
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 6 }), (runs) =>
      assert.deepEqual(poolNumbers(runs), poolNumbers([...runs].reverse())),
    ),
  );
});
