import assert from "node:assert/strict";
import { test } from "node:test";
import { type AsyncPredictable, decide } from "./rule.js";

const measured: AsyncPredictable = {
  load: 0.7,
  meanMs: 1,
  longestMs: [1, 10, 50],
  loopP99Ms: [7, 15, 55],
  threadP99Ms: [16, 14, 5.5],
  stretch: [1.05, 1.04, 1.1],
};

test("a loop that wins with equal work and loses with bursts depends on the variance", () => {
  const decision = decide(measured);
  assert.equal(decision.verdict, "depends");
  assert.equal(decision.effect.value, 10);
  assert.match(
    decision.why,
    /7.0 ms on the event loop and 16.0 ms with threads when every request computes 1 ms/,
  );
});

test("a model wins from a quarter on", () => {
  const of = (...threadP99Ms: number[]): string =>
    decide({ ...measured, loopP99Ms: [10, 10, 10], threadP99Ms }).verdict;
  assert.equal(of(12.5, 10, 10), "confirmed");
  assert.equal(of(12.4, 10, 10), "undecided");
  assert.equal(of(10, 10, 8), "refuted");
  assert.equal(of(10, 10, 8.1), "undecided");
  assert.equal(of(12.5, 10, 8), "depends");
});

test("a core that got slower by more than a quarter decides nothing", () => {
  assert.equal(decide({ ...measured, stretch: [1, 1.25, 1] }).verdict, "depends");
  assert.equal(decide({ ...measured, stretch: [1, 1.26, 1] }).verdict, "undecided");
});
