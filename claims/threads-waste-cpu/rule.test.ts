import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type ThreadsWasteCpu } from "./rule.js";

const measured: ThreadsWasteCpu = {
  threads: 5_000,
  fewer: 2_000,
  cPercent: 0.01,
  pythonPercent: 0.02,
  tasksPercent: 0.02,
  pollingPercent: 99,
  threadWaitUs: 30,
  taskWaitUs: 15,
};

test("under 2 % of a core is refuted, from 20 % confirmed, in between undecided", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, pythonPercent: 1.9 }).verdict, "refuted");
  assert.equal(decide({ ...measured, pythonPercent: 2.1 }).verdict, "undecided");
  assert.equal(decide({ ...measured, cPercent: 19.9 }).verdict, "undecided");
  assert.equal(decide({ ...measured, cPercent: 20.1 }).verdict, "confirmed");
});

test("an instrument that does not see a polling thread decides nothing", () => {
  assert.equal(decide({ ...measured, pollingPercent: 4 }).verdict, "undecided");
});
