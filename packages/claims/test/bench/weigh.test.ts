import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { slope, typicalStep } from "../../src/index.js";

test("a slope is what one more of x adds, whatever was there before", () => {
  const whole = fc.integer({ min: -1_000, max: 1_000 });
  fc.assert(
    fc.property(whole, whole, (each, base) => {
      const xs = [1, 2, 5, 9];
      const ys = xs.map((x) => base + each * x);
      assert.ok(Math.abs(slope(xs, ys) - each) < 1e-6);
    }),
  );
});

test("a typical step is not carried away by one burst, and is never below nothing", () => {
  assert.equal(typicalStep([100, 200, 300, 400, 500], [200, 400, 600, 5_800, 6_000]), 2);
  assert.equal(typicalStep([1, 2, 3], [-5, -10, -15]), 0);
});
