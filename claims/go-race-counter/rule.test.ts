import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type RaceCounter } from "./rule.js";

const measured: RaceCounter = {
  goroutines: 8,
  updates: 8_000_000,
  plainRepeats: 3,
  plainLosing: 3,
  plainLost: 0.47,
  plainNs: 2,
  mutexLosing: 0,
  mutexNs: 46,
  atomicLosing: 0,
  atomicNs: 15,
  channelLosing: 0,
  channelNs: 73,
};

test("one repeat that lost updates confirms, if no cure lost any", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide({ ...measured, plainLosing: 1, plainLost: 1e-7 }).verdict, "confirmed");
});

test("no lost update proves nothing, because a race may stay away", () => {
  assert.equal(decide({ ...measured, plainLosing: 0, plainLost: 0 }).verdict, "undecided");
});

test("a cure that loses updates refutes", () => {
  for (const name of ["mutexLosing", "atomicLosing", "channelLosing"]) {
    assert.equal(decide({ ...measured, [name]: 1 }).verdict, "refuted");
  }
});
