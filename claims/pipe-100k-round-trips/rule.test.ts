import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type PipeTest } from "./rule.js";

const measured: PipeTest = {
  turns: 100_000,
  streamSwitchesPinned: 0.05,
  streamSwitchesFree: 0.04,
  streamUsPinned: 0.7,
  streamUsFree: 1.2,
  pingSwitches: 2,
  pingThreadsUs: 3,
  pingThreadsFreeUs: 60,
  pingProcessesUs: 3.3,
};

test("under half a switch per turn in both placements there are no round trips: refuted", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, streamSwitchesFree: 0.499 }).verdict, "refuted");
  assert.equal(decide({ ...measured, streamSwitchesFree: 0.501 }).verdict, "depends");
});

test("from one and a half per turn in both placements the test counts round trips: confirmed", () => {
  const trips = { ...measured, streamSwitchesPinned: 1.5, streamSwitchesFree: 2 };
  assert.equal(decide(trips).verdict, "confirmed");
  assert.equal(decide({ ...trips, streamSwitchesPinned: 1.49 }).verdict, "depends");
  assert.equal(decide({ ...trips, streamSwitchesPinned: 0.1 }).verdict, "depends");
});

test("a ping-pong without switches says that the counter is broken", () => {
  assert.equal(decide({ ...measured, pingSwitches: 1.49 }).verdict, "undecided");
  assert.equal(decide({ ...measured, pingSwitches: 1.5 }).verdict, "refuted");
});
