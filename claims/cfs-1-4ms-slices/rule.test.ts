import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type Slices } from "./rule.js";

const cfs: Slices = {
  kernelMajor: 6,
  kernelMinor: 5,
  toldMs: 0,
  threads: [2, 4, 16],
  slicesMs: [4, 3, 2],
  askedForMs: 20,
  askedMs: 4,
};

test("with CFS the length decides, one and a half times off is still met", () => {
  assert.equal(decide(cfs).verdict, "confirmed");
  assert.equal(decide({ ...cfs, slicesMs: [6, 3, 0.67] }).verdict, "confirmed");
  assert.equal(decide({ ...cfs, slicesMs: [6.1, 7, 12] }).verdict, "refuted");
  assert.equal(decide({ ...cfs, slicesMs: [0.66, 0.6, 0.1] }).verdict, "refuted");
});

test("with CFS a length that fits for some numbers of threads only depends on them", () => {
  assert.equal(decide({ ...cfs, slicesMs: [6.1, 3, 3] }).verdict, "depends");
  assert.equal(decide({ ...cfs, slicesMs: [4, 3, 0.6] }).verdict, "depends");
});

test("from Linux 6.6 on the scheduler is another one: refuted, whatever the length", () => {
  assert.equal(decide({ ...cfs, kernelMinor: 6 }).verdict, "refuted");
  assert.equal(decide({ ...cfs, kernelMajor: 7, kernelMinor: 0 }).verdict, "refuted");
  assert.equal(decide({ ...cfs, kernelMajor: 5, kernelMinor: 15 }).verdict, "confirmed");
});

test("a slice per task shows the later scheduler under an older version", () => {
  assert.equal(decide({ ...cfs, kernelMajor: 5, kernelMinor: 14, toldMs: 2.8 }).verdict, "refuted");
});
