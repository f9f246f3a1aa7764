import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type LostUpdates } from "./rule.js";

const measured: LostUpdates = {
  versions: "3.9,3.10,3.13",
  plain: [0.4, 1, 1],
  withCall: [0.4, 0.5, 0.6],
  cures: [1, 1, 1],
};

test("it depends on the version if one loses and another does not", () => {
  const told = decide(measured);
  assert.equal(told.verdict, "depends");
  assert.equal(told.effect.value, 4_000_000);
  assert.match(told.why, /lost by Python 3\.9 .*none by Python 3\.10, 3\.13/);
  assert.equal(decide({ ...measured, plain: [0.999999, 1, 1] }).verdict, "depends");
});

test("all losing confirms, none losing refutes, whatever a call in the statement does", () => {
  assert.equal(decide({ ...measured, plain: [0.4, 0.99, 0.9] }).verdict, "confirmed");
  assert.equal(decide({ ...measured, plain: [1, 1, 1] }).verdict, "refuted");
  assert.equal(decide({ ...measured, versions: "3.12", plain: [1], withCall: [0.5] }).verdict, "refuted");
});

test("a cure that does not count exactly is said", () => {
  assert.match(decide({ ...measured, cures: [1, 0.9, 1] }).why, /not every cure/);
});
