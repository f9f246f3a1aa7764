import assert from "node:assert/strict";
import { test } from "node:test";
import { type AsyncSwitch, decide } from "./rule.js";

const measured = (switching: number, callback: number): AsyncSwitch => ({
  twoTasksNs: switching,
  manyTasksNs: switching,
  generatorsNs: switching,
  awaitsNs: switching,
  callSoonNs: callback,
  microtasksNs: callback,
  ticksNs: callback,
  immediatesNs: callback,
  awaitedNs: 90,
});

test("every way within half a decade of its figure is confirmed", () => {
  assert.equal(decide(measured(100, 50)).verdict, "confirmed");
  assert.equal(decide(measured(31.7, 15.9)).verdict, "confirmed");
  assert.equal(decide(measured(316, 158)).verdict, "confirmed");
});

test("no way within it is refuted, on either side", () => {
  assert.equal(decide(measured(317, 159)).verdict, "refuted");
  assert.equal(decide(measured(31.6, 15.8)).verdict, "refuted");
});

test("one way on the other side makes it depend on the runtime", () => {
  assert.equal(decide({ ...measured(100, 50), twoTasksNs: 1_700 }).verdict, "depends");
  assert.equal(decide({ ...measured(1_700, 700), ticksNs: 40 }).verdict, "depends");
  assert.equal(decide(measured(100, 700)).verdict, "depends");
});

test("an await without a switch does not decide", () => {
  assert.equal(decide({ ...measured(100, 50), awaitedNs: 9_000 }).verdict, "confirmed");
});
