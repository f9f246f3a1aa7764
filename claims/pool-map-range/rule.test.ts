import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type PoolMap } from "./rule.js";

const measured: PoolMap = {
  done: 0,
  error: "TypeError: compute() takes 0 positional arguments but 1 was given",
  workers: 2,
  curedDone: 8,
  curedProcesses: 2,
};

test("a TypeError refutes it, all values confirm it, another failure decides nothing", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, done: 8, error: "" }).verdict, "confirmed");
  assert.equal(decide({ ...measured, error: "OSError: no more processes" }).verdict, "undecided");
});
