import assert from "node:assert/strict";
import { test } from "node:test";
import { type BurstStalls, decide } from "./rule.js";

const measured: BurstStalls = {
  connections: 400,
  burstMs: 50,
  loopLate: 1,
  poolLate: 0,
  quietLate: 0,
  percents: [0.01, 0.1, 1],
  p99Ms: [1.3, 41, 50],
  maxMs: [50, 50, 51],
  quietP99Ms: 1.2,
  poolP99Ms: 2.7,
  poolMaxMs: 5.7,
};

test("nearly everyone stalled is confirmed, half or fewer refuted, in between nothing is decided", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide({ ...measured, loopLate: 0.95 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, loopLate: 0.94 }).verdict, "undecided");
  assert.equal(decide({ ...measured, loopLate: 0.51 }).verdict, "undecided");
  assert.equal(decide({ ...measured, loopLate: 0.5 }).verdict, "refuted");
});

test("a machine that stalls by itself decides nothing, the pool's figure is only told", () => {
  assert.equal(decide({ ...measured, quietLate: 0.2 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, quietLate: 0.21 }).verdict, "undecided");
  assert.equal(decide({ ...measured, poolLate: 1 }).verdict, "confirmed");
});

test("the sweep is told by its ends", () => {
  assert.match(decide(measured).why, /one burst in 10000 requests raises the maximum of the others to 50 ms/);
  assert.match(decide(measured).why, /one in 100 their p99 from 1.2 to 50 ms \(2.7 ms with a pool\)/);
});
