import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type LibuvPool } from "./rule.js";

const measured: LibuvPool = {
  names: "fs.stat|a TCP echo|crypto.pbkdf2",
  holdMs: 200,
  besideThree: [2, 2, 2],
  behindFour: [205, 3, 205],
  cure: [2, 2, 2],
};

test("all I/O behind four refutes nothing, none of it refutes, some depends on the kind", () => {
  assert.equal(decide(measured).verdict, "depends");
  assert.equal(decide({ ...measured, behindFour: [205, 205, 205] }).verdict, "confirmed");
  assert.equal(decide({ ...measured, behindFour: [3, 3, 3] }).verdict, "refuted");
});

test("work that is no I/O decides nothing", () => {
  assert.equal(decide({ ...measured, behindFour: [3, 3, 205] }).verdict, "refuted");
  assert.equal(decide({ ...measured, behindFour: [205, 205, 3] }).verdict, "confirmed");
});

test("to wait is to take nine tenths of the time that the pool is held", () => {
  assert.equal(decide({ ...measured, behindFour: [180, 3, 3] }).verdict, "depends");
  assert.equal(decide({ ...measured, behindFour: [179, 3, 3] }).verdict, "refuted");
});

test("a pool that is taken before its fourth thread is held decides nothing", () => {
  assert.equal(decide({ ...measured, besideThree: [205, 2, 2] }).verdict, "undecided");
});
