import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type TracemallocThreads } from "./rule.js";

const measured: TracemallocThreads = {
  threads: 1_000,
  tracedMb: 2.5,
  tracedHeldMb: 3.1,
  userMb: 18,
  kernelMb: 20,
};

test("a reading under half of the claimed range is refuted, one inside of it confirmed, others are undecided", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, tracedHeldMb: 14.9 }).verdict, "refuted");
  assert.equal(decide({ ...measured, tracedHeldMb: 15.1 }).verdict, "undecided");
  assert.equal(decide({ ...measured, tracedMb: 30 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, tracedMb: 80 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, tracedMb: 81 }).verdict, "undecided");
});

test("what the threads really take is said, and does not decide", () => {
  assert.equal(decide({ ...measured, userMb: 60 }).verdict, "refuted");
  assert.match(decide(measured).why, /they take 38 MB/);
});
