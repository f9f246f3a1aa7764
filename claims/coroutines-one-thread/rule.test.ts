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
  javaSpeedup: null,
  javaCarriers: null,
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

test("virtual threads of Java count where there are any", () => {
  const java: CoroutineThreads = { ...measured, javaSpeedup: 1.9, javaCarriers: 2 };
  assert.equal(decide(java).verdict, "depends");
  assert.match(decide(java).why, /on 1 thread, two virtual threads of Java 1\.90 times, on 2 threads/);
  assert.doesNotMatch(decide(measured).why, /Java/);
  assert.equal(decide({ ...java, asyncioSpeedup: 1.4 }).verdict, "refuted");
  assert.equal(decide({ ...java, asyncioSpeedup: 1.4, javaSpeedup: 1.4 }).verdict, "refuted");
  assert.equal(decide({ ...java, asyncioSpeedup: 1.4, javaSpeedup: 1.39 }).verdict, "undecided");
  assert.equal(decide({ ...java, asyncioSpeedup: 1.4, javaSpeedup: 1.2 }).verdict, "depends");
  assert.equal(decide({ ...java, goSpeedup: 1.2, javaSpeedup: 1.2 }).verdict, "confirmed");
  assert.equal(decide({ ...java, goSpeedup: 1.2, javaSpeedup: 1.21 }).verdict, "undecided");
  assert.equal(decide({ ...java, goSpeedup: 1.2, javaSpeedup: 1.4 }).verdict, "depends");
});
