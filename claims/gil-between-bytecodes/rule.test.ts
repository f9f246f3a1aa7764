import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type Places } from "./rule.js";

const measured: Places = {
  versions: "3.9,3.13",
  instructions:
    "LOAD_GLOBAL LOAD_CONST INPLACE_ADD STORE_GLOBAL; LOAD_GLOBAL LOAD_CONST BINARY_OP STORE_GLOBAL",
  samples: [200, 200],
  afterLoad: [50, 0],
  afterConstant: [0, 0],
  afterAdd: [60, 0],
};

test('a place that is never seen to switch, in every version, refutes "any two"', () => {
  const told = decide(measured);
  assert.equal(told.verdict, "refuted");
  assert.equal(told.effect.value, 0);
  assert.match(told.why, /Python 3\.9 switched inside.*not at every place; Python 3\.13 never.*in 0 of 2/);
});

test("all places in some versions depend on the version, in all versions confirm it", () => {
  assert.equal(decide({ ...measured, afterConstant: [1, 0] }).verdict, "depends");
  const all = { ...measured, afterLoad: [1, 1], afterConstant: [1, 1], afterAdd: [1, 1] };
  assert.equal(decide(all).verdict, "confirmed");
});
