import assert from "node:assert/strict";
import { test } from "node:test";
import { type BackpressureMemory, decide } from "./rule.js";

const measured: BackpressureMemory = {
  writtenMb: [10, 20, 40],
  ignoredMb: [7.5, 15, 30],
  drainMb: [0.1, 0.1, 0.1],
  channelMb: [2.5, 2.5, 2.5],
  capacity: 20,
};

test("memory that grows with what is written, and with the cures does not, is confirmed", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide({ ...measured, ignoredMb: [7.5, 15, 25.6] }).verdict, "confirmed");
  assert.equal(decide({ ...measured, ignoredMb: [7.5, 15, 25.4] }).verdict, "undecided");
});

test("memory with a bound refutes", () => {
  assert.equal(decide({ ...measured, ignoredMb: [7.5, 8, 11.9] }).verdict, "refuted");
  assert.equal(decide({ ...measured, ignoredMb: [7.5, 8, 12.1] }).verdict, "undecided");
});

test("a cure that grows as well leaves it undecided", () => {
  assert.equal(decide({ ...measured, drainMb: [0.1, 1, 4.5] }).verdict, "confirmed");
  assert.equal(decide({ ...measured, channelMb: [2.5, 5, 7.1] }).verdict, "undecided");
});
