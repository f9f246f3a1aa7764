import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type FourThreads } from "./rule.js";

const measured: FourThreads = {
  versions: "2.7,3.6,3.9,3.13,3.14t",
  overSequence: [1.9, 1.04, 1.1, 1.05, 0.5],
  overOne: [7.6, 4.2, 4.4, 4.1, 2],
};

test("the median of the Pythons with Python 3's GIL decides: from three times the sequential run on it is confirmed", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, overSequence: [1, 2.9, 2.99, 3.4, 1] }).verdict, "refuted");
  assert.equal(decide({ ...measured, overSequence: [1, 2.9, 3, 3.4, 1] }).verdict, "confirmed");
});

test("Python 2 and free-threaded builds are told, and decide nothing", () => {
  const told = decide({ ...measured, overSequence: [4.2, 1, 1, 1, 4.5] });
  assert.equal(told.verdict, "refuted");
  assert.match(told.why, /Python 2\.7: 4\.20x; Python 3\.14t: 4\.50x/);
});

test("one Python is enough, and the time over one thread's share is not the time over the sequential run", () => {
  const alone = decide({ versions: "3.12", overSequence: [1.05], overOne: [4.2] });
  assert.equal(alone.verdict, "refuted");
  assert.equal(alone.effect.value, 1.05);
});
