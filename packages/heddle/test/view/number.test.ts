import assert from "node:assert/strict";
import { test } from "node:test";
import { duration, figure, withInterval } from "../../src/view/number.js";

test("figures keep three significant digits and never change unit", () => {
  const shown = [0, 0.004, 0.1234, 9.994, 9.996, 99.94, 99.96, 1_234.5, 1_000_000].map(figure);
  assert.deepEqual(shown, ["0.00", "0.00", "0.12", "9.99", "10.0", "99.9", "100", "1,235", "1,000,000"]);
});

test("what was not measured is a dash, never a zero", () => {
  assert.deepEqual([null, undefined, Number.NaN, Number.POSITIVE_INFINITY].map(figure), ["-", "-", "-", "-"]);
});

test("an interval is shown as half its width", () => {
  assert.equal(withInterval(12.3, [12, 12.6]), "12.3 ±0.30");
  assert.equal(withInterval(12.3, undefined), "12.3");
});

test("seconds read as people say them", () => {
  assert.deepEqual([0.2, 45, 60, 200].map(duration), ["0 s", "45 s", "1 min 0 s", "3 min 20 s"]);
});
