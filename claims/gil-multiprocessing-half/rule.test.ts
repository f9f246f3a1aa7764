import assert from "node:assert/strict";
import { test } from "node:test";
import { atTextSize, decide, type Halved } from "./rule.js";

const measured: Halved = { units: [1, 60], sequence: [2, 120], processes: [5, 66], machine: 1.95 };

test("from 1.4x on it is confirmed, below 1.2x refuted, in between undecided", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide({ ...measured, processes: [1, 85.7] }).verdict, "confirmed");
  assert.equal(decide({ ...measured, processes: [1, 85.8] }).verdict, "undecided");
  assert.equal(decide({ ...measured, processes: [1, 99.9] }).verdict, "undecided");
  assert.equal(decide({ ...measured, processes: [1, 100.1] }).verdict, "refuted");
});

test("a dear start counts once, as it would in the text's 2.4 s", () => {
  const spawned = atTextSize({ ...measured, processes: [81, 140] });
  assert.equal(spawned.startMs, 80);
  assert.ok(Math.abs(spawned.speedUp - 2410 / (80 + 1205)) < 1e-9);
});

test("a machine that does not give two cores refutes nothing", () => {
  assert.equal(decide({ ...measured, processes: [1, 110], machine: 1.59 }).verdict, "undecided");
  assert.equal(decide({ ...measured, processes: [1, 110], machine: 1.6 }).verdict, "refuted");
});
