import assert from "node:assert/strict";
import { it } from "node:test";
import { tCritical } from "../../src/statistics/student.js";

it("gives the values of the printed table", () => {
  const table: readonly (readonly [number, number])[] = [
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [9, 2.262],
    [30, 2.042],
  ];
  for (const [degrees, wanted] of table) assert.equal(tCritical(0.95, degrees).toFixed(3), wanted.toFixed(3));
  assert.equal(tCritical(0.99, 5).toFixed(3), "4.032");
});

it("cuts degrees of freedom to a whole number, on the wide side", () => {
  assert.equal(tCritical(0.95, 4.9), tCritical(0.95, 4));
  assert.equal(tCritical(0.95, 0.2), tCritical(0.95, 1));
});
