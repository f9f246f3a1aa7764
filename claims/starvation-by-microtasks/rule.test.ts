import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type StarvationByMicrotasks } from "./rule.js";

const measured: StarvationByMicrotasks = {
  chainsMs: [25, 50, 100],
  nextTickMs: [25, 50, 100],
  promiseMs: [25, 50, 100],
  immediateMs: [0.3, 0.3, 0.3],
  timerMs: 100,
  nextTickServed: 0,
  promiseServed: 0,
  immediateServed: 1000,
};

test("timers and I/O that are not served during the chain confirm", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide({ ...measured, nextTickServed: 10, promiseServed: 10 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, nextTickServed: 11 }).verdict, "undecided");
});

test("timers and I/O that are served in both refute, in one of both is undecided", () => {
  assert.equal(decide({ ...measured, nextTickServed: 100, promiseServed: 100 }).verdict, "refuted");
  assert.equal(decide({ ...measured, nextTickServed: 100, promiseServed: 99 }).verdict, "undecided");
});

test("nothing served beside setImmediate either: nothing was there to starve", () => {
  assert.equal(decide({ ...measured, immediateServed: 20 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, immediateServed: 19 }).verdict, "undecided");
});
