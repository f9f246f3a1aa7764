import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { random } from "../../src/statistics/random.js";

test("a seed always gives the same numbers, on every platform", () => {
  const chance = random(42);
  assert.deepEqual(
    [chance.int(1_000_000), chance.int(1_000_000), chance.int(1_000_000)],
    [153771, 18085, 913322],
  );
});

test("neighbouring seeds give unrelated numbers", () => {
  const firsts = new Set(Array.from({ length: 1_000 }, (_, seed) => random(seed).next()));
  assert.equal(firsts.size, 1_000);
});

test("numbers lie in [0, 1) with mean 1/2 and variance 1/12", () => {
  const chance = random(1);
  const values = Array.from({ length: 100_000 }, () => chance.next());
  assert.ok(values.every((value) => value >= 0 && value < 1));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  assert.ok(Math.abs(mean - 1 / 2) < 0.005 && Math.abs(variance - 1 / 12) < 0.002, `${mean}, ${variance}`);
});

test("whole numbers are evenly spread below their bound", () => {
  const chance = random(3);
  const counts = new Array<number>(7).fill(0);
  for (let draw = 0; draw < 70_000; draw++) {
    const drawn = chance.int(7);
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }
  for (const count of counts) assert.ok(Math.abs(count - 10_000) < 600, `${counts}`);
});

test("a shuffle keeps every item and leaves the original alone", () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.integer()), (seed, items) => {
      const before = [...items];
      const shuffled = random(seed).shuffle(items);
      assert.deepEqual(items, before);
      assert.deepEqual(shuffled.toSorted(), before.toSorted());
    }),
  );
});

test("a seed that is no whole number and a bound below 1 are refused", () => {
  assert.throws(() => random(0.5), RangeError);
  assert.throws(() => random(1).int(0), RangeError);
});
