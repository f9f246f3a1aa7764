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
  rustMb: 0.03,
  rustKernelMb: 0.02,
  reservedMb: 8,
};

test("under a tenth of a MB in every language is refuted, from half of one confirmed, in between it depends", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, pythonMb: 0.0999 }).verdict, "refuted");
  assert.equal(decide({ ...measured, pythonMb: 0.1001 }).verdict, "depends");
  assert.equal(decide({ ...measured, cMb: 0.4999 }).verdict, "depends");
  assert.equal(decide({ ...measured, cMb: 0.5 }).verdict, "confirmed");
});

test("each language alone can save the claim", () => {
  for (const name of ["cMb", "rustMb", "pythonMb", "javaMb"] as const) {
    assert.equal(decide({ ...measured, [name]: 0.0999 }).verdict, "refuted", name);
    assert.equal(decide({ ...measured, [name]: 0.1 }).verdict, "depends", name);
    assert.equal(decide({ ...measured, [name]: 0.5 }).verdict, "confirmed", name);
  }
});

test("a language that is missing decides nothing, and is not in the reason", () => {
  const bare: ThreadsMemory = {
    ...measured,
    javaMb: null,
    javaKernelMb: null,
    rustMb: null,
    rustKernelMb: null,
  };
  assert.equal(decide(bare).verdict, "refuted");
  assert.doesNotMatch(decide(bare).why, /Java|Rust/);
  assert.match(decide(measured).why, /31 KB in Rust \(as many\).* and 45 KB in Java/);
});
