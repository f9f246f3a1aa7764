import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { random } from "../../src/statistics/random.js";
import { steadiness, steadyFrom } from "../../src/statistics/steady.js";

/** A shape with 3 % noise on it. */
function series(count: number, shape: (index: number) => number, seed = 5): number[] {
  const chance = random(seed);
  return Array.from(
    { length: count },
    (_, index) => shape(index) * (1 + 0.03 * normal(chance.next(), chance.next())),
  );
}

describe("steadiness", () => {
  it("calls a level line flat from its first point", () => {
    assert.equal(steadiness(series(10, () => 10)), "flat");
    assert.equal(steadyFrom(series(10, () => 10)), 0);
    assert.equal(steadiness([0, 0, 0, 0, 0, 0]), "flat");
  });

  it("sees a slow beginning, also of a single point, and where it ends", () => {
    const one = series(10, (index) => (index < 1 ? 20 : 10));
    const three = series(20, (index) => (index < 3 ? 20 : 10));
    assert.equal(steadiness(one), "warming-up");
    assert.equal(steadyFrom(one), 1);
    assert.equal(steadiness(three), "warming-up");
    assert.equal(steadyFrom(three), 3);
  });

  it("sees a run that gets slower and stays so", () => {
    const slower = series(20, (index) => (index < 8 ? 10 : 14));
    assert.equal(steadiness(slower), "slowing-down");
    assert.equal(steadyFrom(slower), 8);
  });

  it("does not trust a level that began in the last quarter", () => {
    const late = series(20, (index) => (index < 17 ? 10 : 20));
    assert.equal(steadiness(late), "no-steady-state");
    assert.equal(steadyFrom(late), 20);
  });

  it("ignores a change of 3 %, however sure it is of it", () => {
    const tiny = Array.from({ length: 40 }, (_, index) => (index < 20 ? 100 : 103) + (index % 2) * 0.1);
    assert.equal(steadiness(tiny), "flat");
  });

  it("takes one slow point in the middle for noise", () => {
    assert.equal(steadiness(series(12, (index) => (index === 6 ? 30 : 10))), "flat");
  });

  it("does not judge four points, figures that are none, or few points that are not visibly flat", () => {
    assert.equal(steadiness([1, 1, 1, 1]), "unknown");
    assert.equal(steadiness([1, 1, 1, 1, Number.NaN, 1, 1, 1]), "unknown");
    assert.equal(steadiness([10, 12, 14, 16, 18]), "unknown");
    assert.equal(steadyFrom([10, 12, 14, 16, 18]), 0);
  });

  it("finds an hour of seconds quickly enough to be asked", () => {
    const hour = series(3_600, (index) => (index < 600 ? 20 : 10));
    assert.equal(steadiness(hour), "warming-up");
    assert.ok(Math.abs(steadyFrom(hour) - 600) <= 6);
  });

  it("raises few false alarms on flat noise", () => {
    const chance = random(3);
    const noises = [
      () => 1 + 0.1 * normal(chance.next(), chance.next()),
      () => Math.exp(0.3 * normal(chance.next(), chance.next())),
    ];
    for (const noise of noises) {
      for (const count of [10, 30]) {
        let alarms = 0;
        for (let trial = 0; trial < 200; trial += 1) {
          if (steadiness(Array.from({ length: count }, noise)) !== "flat") alarms += 1;
        }
        assert.ok(alarms <= 14, `${alarms} of 200 series of ${count}`);
      }
    }
  });

  it("does not depend on the unit, and points inside the series", () => {
    const points = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 5, maxLength: 30 });
    fc.assert(
      fc.property(points, (values) => {
        const scaled = values.map((value) => value * 1024);
        assert.equal(steadiness(values), steadiness(scaled));
        const from = steadyFrom(values);
        assert.ok(Number.isInteger(from) && from >= 0 && from <= values.length);
      }),
      { numRuns: 60 },
    );
  });
});

function normal(u: number, v: number): number {
  return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
}
