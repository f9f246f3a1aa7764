import assert from "node:assert/strict";
import { test } from "node:test";
import { type BlockedLoop, decide } from "./rule.js";

const measured: BlockedLoop = {
  slowMs: 60,
  during: 50,
  answeredInline: 0,
  answeredPool: 1,
  p99None: 3,
  p99Inline: 62,
  p99Pool: 5,
};

test("nobody answered during the callback confirms, half of them refutes, in between it is open", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide({ ...measured, answeredInline: 0.05 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, answeredInline: 0.06 }).verdict, "undecided");
  assert.equal(decide({ ...measured, answeredInline: 0.5 }).verdict, "refuted");
});

test("the cure and the tail decide nothing, and too few requests decide nothing either", () => {
  assert.equal(decide({ ...measured, answeredPool: 0, p99Pool: 62 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, p99None: 62 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, during: 9 }).verdict, "undecided");
});
