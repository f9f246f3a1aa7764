import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type SpinLockStarves } from "./rule.js";

const measured: SpinLockStarves = {
  alone: 1,
  spinners: [1, 3, 7],
  spin: [0.5, 0.25, 0.13],
  yielding: 1,
  asleep: 1,
  own: 1,
  urgent: 0,
};

test("starved on the same CPU and not from another one: it depends", () => {
  assert.equal(decide(measured).verdict, "depends");
  assert.equal(decide({ ...measured, spin: [0.5, 0.4, 0.3] }).verdict, "depends");
  assert.equal(decide({ ...measured, spin: [0.5, 0.4, 0.31] }).verdict, "undecided");
  assert.equal(decide({ ...measured, own: 0.7 }).verdict, "depends");
  assert.equal(decide({ ...measured, own: 0.69 }).verdict, "undecided");
});

test("starved from another CPU too, or with no other CPU, is confirmed", () => {
  assert.equal(decide({ ...measured, own: 0.3 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, own: null }).verdict, "confirmed");
});

test("a holder that spinners do not slow down refutes", () => {
  assert.equal(decide({ ...measured, spin: [0.9, 0.8, 0.7] }).verdict, "refuted");
  assert.equal(decide({ ...measured, spin: [0.9, 0.8, 0.69] }).verdict, "undecided");
});

test("a machine that is busy with other things decides nothing", () => {
  assert.equal(decide({ ...measured, alone: 0.69 }).verdict, "undecided");
});

test("real-time priorities that are refused decide nothing", () => {
  assert.equal(decide({ ...measured, urgent: null }).verdict, "depends");
});
