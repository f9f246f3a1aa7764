import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type Goroutines100k } from "./rule.js";

const measured: Goroutines100k = {
  goroutines: 100_000,
  endingMb: 4,
  endingAlive: 500,
  sleepingMb: 265,
};

test("under half of 400 MB is refuted, up to twice of it confirmed, beyond it undecided", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, endingMb: 199 }).verdict, "refuted");
  assert.equal(decide({ ...measured, endingMb: 200 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, endingMb: 800 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, endingMb: 801 }).verdict, "undecided");
});

test("what sleeping ones would take does not save the claim, and is said", () => {
  assert.equal(decide({ ...measured, sleepingMb: 400 }).verdict, "refuted");
  assert.match(decide(measured).why, /2\.7 KB each/);
});
