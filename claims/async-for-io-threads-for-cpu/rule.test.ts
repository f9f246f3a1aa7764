import assert from "node:assert/strict";
import { test } from "node:test";
import { type AsyncForWaiting, decide } from "./rule.js";

const measured: AsyncForWaiting = {
  waits: 2_000,
  threadKb: 36,
  taskKb: 1.8,
  threadCpuUs: 120,
  taskCpuUs: 20,
  loopMs: 200,
  poolMs: 105,
  poolCores: 1.9,
  loopAwayMs: 200,
  poolAwayMs: 4,
};
const verdict = (change: Partial<AsyncForWaiting>): string => decide({ ...measured, ...change }).verdict;

test("both halves together are confirmed", () => {
  assert.equal(verdict({}), "confirmed");
  assert.equal(decide(measured).effect.value, 20);
});

test("waiting fails when async saves less than half of the memory or a third of the CPU", () => {
  assert.equal(verdict({ taskKb: 18 }), "confirmed");
  assert.equal(verdict({ taskKb: 18.1 }), "refuted");
  assert.equal(verdict({ taskCpuUs: 80 }), "confirmed");
  assert.equal(verdict({ taskCpuUs: 80.1 }), "refuted");
});

test("computing holds from 1.3x, fails up to 1.1x, and in between nothing is decided", () => {
  assert.equal(verdict({ loopMs: 130, poolMs: 100 }), "confirmed");
  assert.equal(verdict({ loopMs: 129, poolMs: 100 }), "undecided");
  assert.equal(verdict({ loopMs: 111, poolMs: 100 }), "undecided");
  assert.equal(verdict({ loopMs: 110, poolMs: 100 }), "refuted");
});

test("a pool that did not get its cores refutes nothing", () => {
  assert.equal(verdict({ loopMs: 100, poolMs: 100, poolCores: 1.39 }), "undecided");
  assert.equal(verdict({ loopMs: 100, poolMs: 100, poolCores: 1.4 }), "refuted");
});
