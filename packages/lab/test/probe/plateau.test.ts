import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Level, meanBetween, plateauOf } from "../../src/probe/plateau.js";

function plateauMb(mbs: readonly number[]): number {
  const levels: Level[] = mbs.map((mb, index) => ({ at: index * 100, mb }));
  return meanBetween(levels, plateauOf(levels), ({ mb }) => mb);
}

test("the climb and the fall of a burst are cut off", () => {
  assert.equal(plateauMb([10, 40, 70, 100, 100, 100, 100, 100, 50, 10]), 100);
});

test("saw teeth are averaged, not taken for their tips", () => {
  const mb = plateauMb([20, 60, 90, 60, 75, 90, 60, 75, 90, 60, 75, 90]);
  assert.ok(mb > 70 && mb < 80, String(mb));
});

test("a lone spike is no plateau", () => {
  assert.equal(plateauMb([50, 200, 50, 50, 50, 50, 50, 50, 50, 50]), 50);
});

test("one sample is its own plateau", () => {
  assert.equal(plateauMb([42]), 42);
});

test("the plateau lies between the lowest and the highest sample", () => {
  const samples = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(samples, (mbs) => {
      const mb = plateauMb(mbs);
      assert.ok(mb >= Math.min(...mbs) * (1 - 1e-9) && mb <= Math.max(...mbs) * (1 + 1e-9));
    }),
  );
});

test("dense samples do not outweigh sparse ones", () => {
  const levels = [0, 1, 2, 3, 4, 100, 200].map((at) => ({ at, mb: at < 50 ? 10 : 20 }));
  const mb = meanBetween(levels, { from: 0, to: 200 }, (level) => level.mb);
  assert.ok(mb > 17, String(mb));
});
