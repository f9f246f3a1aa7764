import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type StructuredVsLoose } from "./rule.js";

const measured: StructuredVsLoose = {
  names: "Promise.all|a group",
  siblings: 9,
  left: [9, 0],
  share: [0.9, 0],
  lost: [1, 0],
};

test("constructs that differ depend, all that cancel confirm, all that run on refute", () => {
  assert.equal(decide(measured).verdict, "depends");
  assert.equal(decide({ ...measured, left: [0, 0], share: [0, 0] }).verdict, "confirmed");
  assert.equal(decide({ ...measured, left: [9, 9], share: [0.9, 0.9] }).verdict, "refuted");
});

test("cancelled is who left nobody and did at most a tenth afterwards", () => {
  assert.equal(decide({ ...measured, left: [0, 0], share: [0.1, 0] }).verdict, "confirmed");
  assert.equal(decide({ ...measured, left: [0, 0], share: [0.11, 0] }).verdict, "depends");
  assert.equal(decide({ ...measured, left: [1, 0], share: [0, 0] }).verdict, "depends");
});

test("a lost failure is told of and decides nothing", () => {
  assert.match(decide(measured).why, /a second failure is lost/);
  assert.equal(decide({ ...measured, lost: [0, 0] }).verdict, "depends");
});

test("one that runs on is told of in the effect, and only where it does half of the work", () => {
  assert.equal(decide(measured).effect.value, 90);
  assert.equal(decide({ ...measured, share: [0.49, 0] }).effect.value, 0);
});
