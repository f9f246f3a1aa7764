import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, ratios, type WorkerPerRequest } from "./rule.js";

const measured: WorkerPerRequest = {
  workMs: [2, 20, 200],
  workerCpuMs: [24, 44, 230],
  poolCpuMs: [2, 20, 200],
  workerMs: [20, 40, 220],
  poolMs: [2, 20, 200],
  burst: 20,
  workerBurstMs: 400,
  poolBurstMs: 40,
  workerPeakMb: 160,
  poolPeakMb: 20,
};

test("dear for short work and cheap for long: it depends on how long the work takes", () => {
  assert.deepEqual(ratios(measured), [12, 2.2, 1.15]);
  assert.equal(decide(measured).verdict, "depends");
  assert.equal(decide({ ...measured, workerCpuMs: [4, 30, 300] }).verdict, "depends");
});

test("twice the CPU everywhere is refuted, half as much again at most everywhere is confirmed", () => {
  assert.equal(decide({ ...measured, workerCpuMs: [4, 40, 400] }).verdict, "refuted");
  assert.equal(decide({ ...measured, workerCpuMs: [3, 30, 300] }).verdict, "confirmed");
});

test("between the lines nothing is said", () => {
  assert.equal(decide({ ...measured, workerCpuMs: [24, 44, 320] }).verdict, "undecided");
  assert.equal(decide({ ...measured, workerCpuMs: [3.5, 30, 220] }).verdict, "undecided");
});

test("memory that could not be read is left out of the sentence", () => {
  assert.match(decide(measured).why, /160 MB instead of 20 MB/);
  assert.doesNotMatch(decide({ ...measured, poolPeakMb: null }).why, /MB/);
});
