import assert from "node:assert/strict";
import { test } from "node:test";
import { type Drain, decide } from "./rule.js";

const measured: Drain = { timers: "A t p B n", immediates: "A t p B n", version: "v20.0.0" };
const old = "A B t p n";

test("a promise before the next callback of its phase refutes, one after it confirms, both depend on the phase", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, timers: old, immediates: old }).verdict, "confirmed");
  assert.equal(decide({ ...measured, immediates: old }).verdict, "depends");
});

test("callbacks that were not of one phase decide nothing", () => {
  assert.equal(decide({ ...measured, timers: "A t p n B" }).verdict, "undecided");
});
