import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type TimeoutsNeeded } from "./rule.js";

const measured: TimeoutsNeeded = {
  late: [0, 0, 0, 0],
  requests: 480,
  answered: [15, 32, 70, 150],
  lateUnbounded: 0.95,
  heldUnbounded: 24,
  lateHealthy: 1,
  answeredHealthy: 480,
  answeredCure: 456,
  lateCure: 0.95,
};

test("all stalled confirms, all at work refutes, some of them depends", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide({ ...measured, late: [0.05, 0.05, 0.05, 0.05] }).verdict, "confirmed");
  assert.equal(decide({ ...measured, late: [0, 0, 0, 0.06] }).verdict, "depends");
  assert.equal(decide({ ...measured, late: [0.8, 0.8, 0.8, 0.8] }).verdict, "refuted");
  assert.equal(decide({ ...measured, late: [0.79, 0.8, 0.8, 0.8] }).verdict, "depends");
});

test("a service without slots decides nothing", () => {
  assert.equal(decide({ ...measured, lateUnbounded: 0 }).verdict, "confirmed");
  assert.match(decide(measured).why, /holds 24 calls/);
});

test("a machine that cannot keep up where nothing hangs decides nothing", () => {
  assert.equal(decide({ ...measured, lateHealthy: 0.79 }).verdict, "undecided");
  assert.equal(decide({ ...measured, lateHealthy: 0.8 }).verdict, "confirmed");
});
