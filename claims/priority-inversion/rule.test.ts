import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type PriorityInversion } from "./rule.js";

const measured: PriorityInversion = {
  workMs: 5,
  spinsMs: [25, 50, 100],
  plainMs: [30, 55, 105],
  inheritMs: [5, 5, 5],
  others: 20,
  plainBefore: 20,
  lentBefore: 0,
};

test("a wait as long as the medium thread likes, and short with inheritance, is confirmed", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide({ ...measured, plainMs: [22.5, 45, 90] }).verdict, "confirmed");
  assert.equal(decide({ ...measured, plainMs: [22.5, 44.9, 90] }).verdict, "undecided");
  assert.equal(decide({ ...measured, inheritMs: [5, 5, 49.9] }).verdict, "confirmed");
  assert.equal(decide({ ...measured, inheritMs: [5, 5, 50] }).verdict, "undecided");
});

test("a high thread that the medium one does not delay refutes", () => {
  assert.equal(decide({ ...measured, plainMs: [5, 5, 49.9] }).verdict, "refuted");
  assert.equal(decide({ ...measured, plainMs: [5, 5, 50.1] }).verdict, "undecided");
});

test("a cure that cures nothing refutes", () => {
  assert.equal(decide({ ...measured, inheritMs: [30, 55, 105] }).verdict, "refuted");
  assert.equal(decide({ ...measured, inheritMs: [30, 55, 94] }).verdict, "undecided");
});
