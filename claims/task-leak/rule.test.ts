import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type TaskLeak } from "./rule.js";

const measured: TaskLeak = {
  operations: 50,
  steps: 10,
  raced: 1,
  asyncioWait: 1,
  signalled: 0,
  timed: 0,
  asyncioWaitFor: 0,
  lateSteps: 400,
  listed: 50,
  destroyed: 50,
};

test("losers that go on and stop when they are cancelled confirm", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide({ ...measured, raced: 0.9, timed: 0.1 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, raced: 0.89 }).verdict, "undecided");
  assert.equal(decide({ ...measured, signalled: 0.11 }).verdict, "undecided");
});

test("losers that stop by themselves refute, in one language too", () => {
  assert.equal(decide({ ...measured, asyncioWait: 0.09 }).verdict, "refuted");
  assert.equal(decide({ ...measured, asyncioWait: 0.1 }).verdict, "undecided");
});

test("cancelling that stops nothing refutes the rest of the sentence", () => {
  assert.equal(decide({ ...measured, signalled: 1, timed: 1, asyncioWaitFor: 0.9 }).verdict, "refuted");
});

test("without Python the rest decides", () => {
  const alone = { ...measured, asyncioWait: null, asyncioWaitFor: null, destroyed: null };
  assert.equal(decide(alone).verdict, "confirmed");
});
