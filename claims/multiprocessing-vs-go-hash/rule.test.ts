import assert from "node:assert/strict";
import { test } from "node:test";
import { atTextSize, decide, type HashRace } from "./rule.js";

const measured: HashRace = {
  sizes: [1024, 1048576],
  pythonPerByte: [0.95, 0.59],
  goPerByte: [0.77, 0.59],
  tasks: 200,
  taskBytes: 1_390_000,
  startMs: 10,
  pythonSmallMs: 12,
  goSmallMs: 0.35,
  pythonTaskMs: 100,
  goTaskMs: 86,
};

test("from three times Go's time on it is confirmed, below twice refuted, in between undecided", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, startMs: 0, pythonTaskMs: 199, goTaskMs: 100 }).verdict, "refuted");
  assert.equal(decide({ ...measured, startMs: 0, pythonTaskMs: 200, goTaskMs: 100 }).verdict, "undecided");
  assert.equal(decide({ ...measured, startMs: 0, pythonTaskMs: 299, goTaskMs: 100 }).verdict, "undecided");
  assert.equal(decide({ ...measured, startMs: 0, pythonTaskMs: 300, goTaskMs: 100 }).verdict, "confirmed");
});

test("the pool's start counts once for the text's 1000 hashes", () => {
  assert.deepEqual(atTextSize(measured), { pythonMs: 10 + 90 * 5, goMs: 430 });
});

test("how far apart small hashes are decides nothing", () => {
  assert.equal(decide({ ...measured, pythonSmallMs: 900 }).verdict, "refuted");
});
