import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type Listen } from "./rule.js";

const measured: Listen = {
  connections: 1000,
  busyMs: 300,
  withinMs: 1300,
  readySlow: 12,
  busySlow: 87,
  largeSlow: 0,
  busyNever: 40,
  readyOverflows: 120,
  busyOverflows: 870,
  largeOverflows: 0,
};

test("a tenth of slow connections is refuted, under a hundredth confirmed, in between undecided", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, busySlow: 10 }).verdict, "refuted");
  assert.equal(decide({ ...measured, busySlow: 9.9 }).verdict, "undecided");
  assert.equal(decide({ ...measured, busySlow: 0.9, readySlow: 0.9 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, busySlow: 0.9, readySlow: 1 }).verdict, "undecided");
});

test("slow connections with the large backlog too decide nothing", () => {
  assert.equal(decide({ ...measured, largeSlow: 1 }).verdict, "undecided");
  assert.equal(decide({ ...measured, largeSlow: 0.9 }).verdict, "refuted");
});
