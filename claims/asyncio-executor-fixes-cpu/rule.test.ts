import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type Executors } from "./rule.js";

const measured: Executors = {
  jobs: 4,
  jobMs: 15,
  workers: 4,
  inlineMs: 100,
  inlineDelayMs: 36,
  threadMs: 101,
  threadDelayMs: 18,
  threadCores: 1.0,
  processMs: 55,
  processDelayMs: 2,
};

test("threads that get no more done refute it, even if the loop is less late", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, threadMs: 80.1 }).verdict, "refuted");
  assert.equal(decide({ ...measured, threadMs: 80 }).verdict, "undecided");
  assert.equal(decide({ ...measured, threadMs: 66.7 }).verdict, "undecided");
});

test("more work and a loop that is at most half as late confirm it", () => {
  assert.equal(decide({ ...measured, threadMs: 66.6, threadCores: 1.3 }).verdict, "confirmed");
  assert.equal(
    decide({ ...measured, threadMs: 66.6, threadCores: 1.3, threadDelayMs: 19 }).verdict,
    "undecided",
  );
  assert.equal(decide({ ...measured, threadMs: 66.6, threadCores: 1.29 }).verdict, "undecided");
});

test("where processes gain nothing either, there was no core to use", () => {
  assert.equal(decide({ ...measured, processMs: 81 }).verdict, "undecided");
  assert.equal(decide({ ...measured, processMs: 80 }).verdict, "refuted");
});
