import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, gainsOf, type Hybrid } from "./rule.js";

const measured: Hybrid = {
  cores: 2,
  loads: [0.4, 0.7, 1.3, 1.6],
  asyncCores: [0.41, 0.71, 1, 1],
  hybridCores: [0.44, 0.75, 1.3, 1.6],
  asyncP99Ms: [17, 24, 150, 240],
  hybridP99Ms: [14, 16, 20, 35],
};

test("a gain only where the work exceeds one core depends on the load", () => {
  const decision = decide(measured);
  assert.equal(decision.verdict, "depends");
  assert.match(decision.why, /0.4 cores of work, hybrid takes CPU use of 2 cores from 21 % to 22 %/);
  assert.deepEqual(
    gainsOf(measured).map(({ holds }) => holds),
    [false, false, true, true],
  );
});

test("the headline is the best of the loads at which the claim holds", () => {
  assert.equal(decide(measured).effect.value, 7.5);
});

test("both must be gained: the p99 halved and a fifth more CPU", () => {
  const at = (asyncMs: number, hybridCores: number): boolean | undefined =>
    gainsOf({
      cores: 2,
      loads: [1],
      asyncCores: [1],
      hybridCores: [hybridCores],
      asyncP99Ms: [asyncMs],
      hybridP99Ms: [10],
    })[0]?.holds;
  assert.equal(at(20, 1.2), true);
  assert.equal(at(19.9, 1.2), false);
  assert.equal(at(20, 1.19), false);
});

test("a gain at every load is confirmed, at none refuted", () => {
  const everywhere = { ...measured, hybridCores: [0.8, 1.2, 1.3, 1.6], hybridP99Ms: [3, 4, 20, 35] };
  assert.equal(decide(everywhere).verdict, "confirmed");
  assert.equal(decide({ ...measured, hybridP99Ms: measured.asyncP99Ms }).verdict, "refuted");
});

test("a pool that did not get its cores refutes nothing", () => {
  const gainless = { ...measured, hybridP99Ms: measured.asyncP99Ms };
  assert.equal(decide({ ...gainless, hybridCores: [0.4, 0.7, 1.3, 1.43] }).verdict, "undecided");
  assert.equal(decide({ ...gainless, hybridCores: [0.4, 0.7, 1.3, 1.45] }).verdict, "refuted");
});
