import assert from "node:assert/strict";
import { test } from "node:test";
import { type AsyncioConnection, decide } from "./rule.js";

const measured: AsyncioConnection = {
  counts: [1_000, 4_000],
  tasksMb: [1.9, 7.6],
  connectionsMb: [8, 32],
  kernelMb: [4, 16],
  taskKb: 1.9,
  connectionKb: 8,
  socketKb: 4,
};

test("a cheap task and a dear connection: it depends on what a connection is", () => {
  assert.equal(decide(measured).verdict, "depends");
  assert.equal(decide({ ...measured, taskKb: 4, connectionKb: 3, socketKb: 2 }).verdict, "depends");
});

test("both up to 4 KB are confirmed, both from 5 KB refuted", () => {
  assert.equal(decide({ ...measured, connectionKb: 2.5, socketKb: 1.5 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, taskKb: 5 }).verdict, "refuted");
});

test("between 4 and 5 KB nothing is said", () => {
  assert.equal(decide({ ...measured, connectionKb: 2.5, socketKb: 2 }).verdict, "undecided");
  assert.equal(decide({ ...measured, taskKb: 4.5 }).verdict, "undecided");
});
