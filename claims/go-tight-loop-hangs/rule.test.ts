import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type TightLoop } from "./rule.js";

const measured: TightLoop = {
  nowStuck: 0,
  nowCollectStuck: 0,
  beforeStuck: 1,
  beforeCollectStuck: 1,
  beforeTwoStuck: 0,
  beforeCallStuck: 0,
  nowMs: 100,
  limitMs: 400,
  signals: 4,
};

test("stuck in one of the two ways without preemption is enough: it could hang", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide({ ...measured, beforeStuck: 0 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, beforeCollectStuck: 0 }).verdict, "confirmed");
});

test("stuck in neither is refuted", () => {
  assert.equal(decide({ ...measured, beforeStuck: 0, beforeCollectStuck: 0 }).verdict, "refuted");
});

test("stuck with preemption, or with a call in the loop, has another reason: undecided", () => {
  assert.equal(decide({ ...measured, nowStuck: 1 }).verdict, "undecided");
  assert.equal(decide({ ...measured, nowCollectStuck: 1 }).verdict, "undecided");
  assert.equal(decide({ ...measured, beforeCallStuck: 1 }).verdict, "undecided");
});

test("a second processor that hides or shows it does not decide", () => {
  assert.equal(decide({ ...measured, beforeTwoStuck: 1 }).verdict, "confirmed");
});
