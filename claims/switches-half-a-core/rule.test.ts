import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type HalfACore } from "./rule.js";

const measured: HalfACore = {
  threadsTogether: 0.06,
  threadsApart: 0.1,
  threadsFree: 0.06,
  goroutines: 0.007,
  asyncioTasks: 0.075,
  nodeAwaits: 0.005,
};

test("under a quarter of a core for threads in both placements is refuted, whatever async takes", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, threadsTogether: 0.249, threadsApart: 0.249 }).verdict, "refuted");
  assert.equal(decide({ ...measured, threadsApart: null, asyncioTasks: 0.001 }).verdict, "refuted");
});

test("from a quarter on in one of the placements it depends on them", () => {
  assert.equal(decide({ ...measured, threadsApart: 0.25 }).verdict, "depends");
  assert.equal(decide({ ...measured, threadsTogether: 0.25 }).verdict, "depends");
});

test("from a quarter on in both it is confirmed if no runtime takes over 1 %", () => {
  const dear = { ...measured, threadsTogether: 0.25, threadsApart: 0.6, asyncioTasks: 0.0099 };
  assert.equal(decide(dear).verdict, "confirmed");
  assert.equal(decide({ ...dear, threadsApart: null }).verdict, "confirmed");
  assert.equal(decide({ ...dear, asyncioTasks: 0.0101 }).verdict, "depends");
});

test("where the kernel happens to put the threads does not decide", () => {
  assert.equal(decide({ ...measured, threadsFree: 0.9 }).verdict, "refuted");
});
