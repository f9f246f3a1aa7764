import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type Ticks } from "./rule.js";

const measured: Ticks = {
  workMs: 240,
  periodMs: 20,
  verbatim: 0,
  withTurns: 1,
  firstWithTurnsMs: 241,
  onThread: 8,
};

test("no tick of the snippet refutes it, one confirms it", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, verbatim: 1 }).verdict, "confirmed");
});

test("the other forms are told, and decide nothing", () => {
  const told = decide({ ...measured, withTurns: 0, firstWithTurnsMs: null });
  assert.equal(told.verdict, "refuted");
  assert.match(told.why, /none with a turn/);
});
