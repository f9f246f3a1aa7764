import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type Hashing } from "./rule.js";

const of = (...speedUp: number[]): Hashing => ({ sizes: [1024, 16384, 1048576], speedUp, machine: 1.9 });

test("no gain for the smallest and a gain for the largest buffer: it depends on the size", () => {
  const told = decide(of(0.95, 1.1, 1.8));
  assert.equal(told.verdict, "depends");
  assert.match(told.why, /from 1 MB on/);
  assert.equal(decide(of(1.2, 1.1, 1.4)).verdict, "depends");
  assert.equal(decide(of(1.21, 1.1, 1.4)).verdict, "undecided");
  assert.equal(decide(of(1.2, 1.1, 1.39)).verdict, "undecided");
});

test("no gain at all confirms it, a gain for every size refutes it", () => {
  assert.equal(decide(of(0.95, 0.9, 1.2)).verdict, "confirmed");
  assert.equal(decide(of(1.4, 1.7, 1.9)).verdict, "refuted");
});

test("a machine that does not give two cores confirms nothing", () => {
  assert.equal(decide({ ...of(0.95, 0.9, 1), machine: 1.74 }).verdict, "undecided");
  assert.equal(decide({ ...of(0.95, 0.9, 1), machine: 1.75 }).verdict, "confirmed");
});
