import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type RustDocsQuote } from "./rule.js";

const measured: RustDocsQuote = {
  versions: "1.38.2",
  files: 500,
  quoted: 0,
  cpuBound: 10,
  ioBound: 1,
  spawnBlocking: 60,
  cpuBoundIn: "src/lib.rs",
};

test("a sentence that is nowhere is refuted, one that stands once is confirmed", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, quoted: 1 }).verdict, "confirmed");
});

test("how often it speaks of CPU-bound work decides nothing", () => {
  assert.equal(decide({ ...measured, cpuBound: 0, cpuBoundIn: "" }).verdict, "refuted");
});
