import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type LockOrderDeadlock } from "./rule.js";

const measured: LockOrderDeadlock = {
  forced: 2,
  forcedHung: 2,
  sameHung: 0,
  gapsMs: [0, 1, 2],
  shares: [0.01, 0.7, 1],
  windowMs: 2,
  reportedMs: 300,
  edges: 2,
  inversions: 1,
};

test("a deadlock that needs a bad moment depends on that moment", () => {
  const decision = decide(measured);
  assert.equal(decision.verdict, "depends");
  assert.match(decision.verdict === "depends" ? decision.on : "", /at once/);
  assert.equal(decide({ ...measured, shares: [0.499, 1, 1] }).verdict, "depends");
  assert.equal(decide({ ...measured, shares: [0.501, 1, 1] }).verdict, "undecided");
});

test("one that comes in nearly all rounds is confirmed", () => {
  assert.equal(decide({ ...measured, shares: [0.95, 0.99, 1] }).verdict, "confirmed");
  assert.equal(decide({ ...measured, shares: [0.949, 0.99, 1] }).verdict, "undecided");
});

test("a forced circle that went on refutes, a hang with one order shows a broken experiment", () => {
  assert.equal(decide({ ...measured, forcedHung: 1 }).verdict, "refuted");
  assert.equal(decide({ ...measured, sameHung: 1 }).verdict, "undecided");
});

test("the verdict is about the locks, not about who detects it", () => {
  const decision = decide({ ...measured, reportedMs: -1, inversions: 0 });
  assert.equal(decision.verdict, "depends");
  assert.match(decision.why, /reported no deadlock/);
});
