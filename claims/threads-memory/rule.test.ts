import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type ThreadsMemory } from "./rule.js";

const measured: ThreadsMemory = {
  threads: 10_000,
  fewer: 3_000,
  cMb: 0.028,
  cKernelMb: 0.02,
  pythonMb: 0.035,
  pythonKernelMb: 0.02,
  javaMb: 0.044,
  javaKernelMb: 0.018,
  reservedMb: 8,
};

test("under a tenth of a MB in every language is refuted, from half of one confirmed, in between it depends", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, pythonMb: 0.0999 }).verdict, "refuted");
  assert.equal(decide({ ...measured, pythonMb: 0.1001 }).verdict, "depends");
  assert.equal(decide({ ...measured, cMb: 0.4999 }).verdict, "depends");
  assert.equal(decide({ ...measured, cMb: 0.5 }).verdict, "confirmed");
});

test("a language that is missing decides nothing", () => {
  assert.equal(decide({ ...measured, javaMb: null, javaKernelMb: null }).verdict, "refuted");
  assert.equal(decide({ ...measured, javaMb: 0.6 }).verdict, "confirmed");
});
