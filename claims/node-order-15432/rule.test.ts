import assert from "node:assert/strict";
import { test } from "node:test";
import { CLAIMED, decide, type NodeOrder } from "./rule.js";

const measured: NodeOrder = {
  commonJs: CLAIMED,
  esModule: "1 5 3 4 2",
  inIo: "1 5 4 3 6 2",
  inTimer: "1 5 4 3 6 2",
};

test("one of two module systems depends, both confirm, none refutes", () => {
  const decision = decide(measured);
  assert.equal(decision.verdict, "depends");
  assert.equal(decision.verdict === "depends" && decision.on, "the module system");
  assert.equal(decide({ ...measured, esModule: CLAIMED }).verdict, "confirmed");
  assert.equal(decide({ ...measured, commonJs: "1 5 3 4 2" }).verdict, "refuted");
});

test("what callbacks print decides nothing", () => {
  assert.equal(decide({ ...measured, inIo: "1 5 3 4 2 6" }).verdict, "depends");
  assert.equal(decide({ ...measured, esModule: CLAIMED, inTimer: "1 2 3 4 5 6" }).verdict, "confirmed");
});
