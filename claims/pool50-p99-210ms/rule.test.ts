import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type PoolTail } from "./rule.js";

const measured: PoolTail = {
  pool: 50,
  tasks: 1000,
  waitMs: 10,
  insideP50Ms: 10.1,
  insideP99Ms: 10.8,
  submitP50Ms: 108,
  submitP99Ms: 206,
};

test("a p99 of the text's code below 30 ms is refuted, 150 to 300 ms confirmed, anything else undecided", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, insideP99Ms: 29.9 }).verdict, "refuted");
  assert.equal(decide({ ...measured, insideP99Ms: 30 }).verdict, "undecided");
  assert.equal(decide({ ...measured, insideP99Ms: 149 }).verdict, "undecided");
  assert.equal(decide({ ...measured, insideP99Ms: 210 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, insideP99Ms: 301 }).verdict, "undecided");
});

test("the reason tells what the clock from submission says", () => {
  assert.match(decide(measured).why, /started at submission p50 is 108\.0 ms and p99 206\.0 ms/);
});
