import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type GoFigures } from "./rule.js";

const measured: GoFigures = {
  tasks: 1000,
  printed: 5000,
  withFraction: 0,
  printedP50Ms: 10,
  printedP99Ms: 11,
  printedMb: 0.68,
  afterCollectionMb: 17_592_186_044_414.7,
  p50Ms: 10.4,
  p99Ms: 11.2,
  residentMb: 2.8,
  stacksMb: 1.9,
};

test("only whole milliseconds is refuted, whatever the other figures are", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, printedMb: 3 }).verdict, "refuted");
});

test("with fractions it is confirmed within 10 % of the claimed latencies and in the claimed memory, else undecided", () => {
  const fraction: GoFigures = { ...measured, withFraction: 1, printedP99Ms: 12, printedMb: 3 };
  assert.equal(decide(fraction).verdict, "confirmed");
  assert.equal(decide({ ...fraction, printedP99Ms: 11 }).verdict, "undecided");
  assert.equal(decide({ ...fraction, printedP50Ms: 12 }).verdict, "undecided");
  assert.equal(decide({ ...fraction, printedMb: 1.9 }).verdict, "undecided");
});

test("what the system does not tell is not in the reason", () => {
  assert.match(decide(measured).why, /17,592,186,044,415 MB.*2\.8 MB resident/);
  const bare = decide({ ...measured, residentMb: null, afterCollectionMb: 0.1 }).why;
  assert.doesNotMatch(bare, /resident|collection/);
});
