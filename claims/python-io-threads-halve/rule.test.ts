import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type Waits } from "./rule.js";

const measured: Waits = { delayMs: 100, sequenceMs: 200, threads: [2, 64], threadedMs: [101, 120] };

test("about half of the sequential time is confirmed, nearly all of it is refuted, in between is undecided", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide({ ...measured, threadedMs: [130, 120] }).verdict, "confirmed");
  assert.equal(decide({ ...measured, threadedMs: [131, 120] }).verdict, "undecided");
  assert.equal(decide({ ...measured, threadedMs: [169, 120] }).verdict, "undecided");
  assert.equal(decide({ ...measured, threadedMs: [170, 120] }).verdict, "refuted");
});

test("what more threads take decides nothing", () => {
  assert.equal(decide({ ...measured, threadedMs: [101, 900] }).verdict, "confirmed");
});
