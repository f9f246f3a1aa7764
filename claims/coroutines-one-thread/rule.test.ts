import assert from "node:assert/strict";
import { test } from "node:test";
import { type CoroutineThreads, decide } from "./rule.js";

const measured: CoroutineThreads = {
  cores: 2,
  goSpeedup: 1.95,
  goOneMs: 36,
  goManyMs: 18.5,
  asyncioSpeedup: 0.99,
  asyncioThreads: 1,
};

test("a speed-up in one runtime and none in the other depends on the runtime", () => {
  const decision = decide(measured);
  assert.equal(decision.verdict, "depends");
  assert.equal(decision.verdict === "depends" && decision.on, "the runtime");
  assert.equal(decide({ ...measured, goSpeedup: 1.4, asyncioSpeedup: 1.2 }).verdict, "depends");
});

test("none in both is confirmed, one in both refuted", () => {
  assert.equal(decide({ ...measured, goSpeedup: 1.2 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, asyncioSpeedup: 1.4 }).verdict, "refuted");
});

test("between the lines nothing is decided", () => {
  assert.equal(decide({ ...measured, goSpeedup: 1.39 }).verdict, "undecided");
  assert.equal(decide({ ...measured, goSpeedup: 1.21 }).verdict, "undecided");
  assert.equal(decide({ ...measured, asyncioSpeedup: 1.21 }).verdict, "undecided");
});
