import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type LagByInterval, LENGTHS } from "./rule.js";

const all = (share: number): number[] => LENGTHS.map(() => share);
const measured: LagByInterval = {
  interval: [0, 0.05, 0.1, 0.2, 0.3, 0.5, 1],
  histogram: [0.2, 0.5, 1, 1, 1, 1, 1],
  monitor: all(1),
};

test("under half of the short blocks refutes, nine tenths confirm, in between it depends on the length", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, interval: all(0.49) }).verdict, "refuted");
  assert.equal(decide({ ...measured, interval: all(0.5) }).verdict, "depends");
  assert.equal(decide({ ...measured, interval: all(0.89) }).verdict, "depends");
  assert.equal(decide({ ...measured, interval: all(0.91) }).verdict, "confirmed");
});

test("blocks that are as long as the interval decide nothing", () => {
  assert.equal(decide({ ...measured, interval: [0, 0, 0, 0, 0, 1, 1] }).verdict, "refuted");
});

test("where the histogram does not see the blocks either, nothing is refuted", () => {
  assert.equal(decide({ ...measured, histogram: all(0.89) }).verdict, "undecided");
  assert.equal(decide({ ...measured, histogram: [0, 0, 1, 1, 1, 1, 1] }).verdict, "refuted");
});
