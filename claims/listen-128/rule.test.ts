import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type Listen } from "./rule.js";

const measured: Listen = {
  connections: 1000,
  busyMs: 300,
  withinMs: 1300,
  readySlow: 12,
  busySlow: 87,
  largeSlow: 0,
  busyNever: 40,
  readyOverflows: 120,
  busyOverflows: 870,
  largeOverflows: 0,
  nodeBusySlow: 88,
  nodeLargeSlow: 0,
  nodeBusyOverflows: 880,
  nodeLargeOverflows: 0,
};
/** As under --quick. */
const pythonAlone: Listen = { ...measured, nodeBusySlow: null, nodeLargeSlow: null };

test("a tenth of slow connections is refuted, under a hundredth confirmed, in between undecided", () => {
  assert.equal(decide(pythonAlone).verdict, "refuted");
  assert.equal(decide({ ...pythonAlone, busySlow: 10 }).verdict, "refuted");
  assert.equal(decide({ ...pythonAlone, busySlow: 9.9 }).verdict, "undecided");
  assert.equal(decide({ ...pythonAlone, busySlow: 0.9, readySlow: 0.9 }).verdict, "confirmed");
  assert.equal(decide({ ...pythonAlone, busySlow: 0.9, readySlow: 1 }).verdict, "undecided");
});

test("one language is enough to refute, and all are needed to confirm", () => {
  const fine: Listen = { ...measured, busySlow: 0.9, readySlow: 0.9, nodeBusySlow: 0.9 };
  assert.equal(decide(fine).verdict, "confirmed");
  assert.equal(decide({ ...fine, nodeBusySlow: 10 }).verdict, "refuted");
  assert.equal(decide({ ...fine, nodeBusySlow: 9.9 }).verdict, "undecided");
  assert.equal(decide({ ...fine, nodeBusySlow: 1 }).verdict, "undecided");
  assert.equal(decide({ ...fine, busySlow: 10 }).verdict, "refuted");
  assert.equal(decide({ ...fine, busySlow: 1 }).verdict, "undecided");
});

test("a language that is slow with the large backlog too decides nothing", () => {
  assert.equal(decide({ ...pythonAlone, largeSlow: 1 }).verdict, "undecided");
  assert.equal(decide({ ...pythonAlone, largeSlow: 0.9 }).verdict, "refuted");
  assert.equal(decide({ ...measured, largeSlow: 1 }).verdict, "refuted");
  assert.equal(decide({ ...measured, nodeLargeSlow: 1 }).verdict, "refuted");
  assert.equal(decide({ ...measured, largeSlow: 1, nodeLargeSlow: 1 }).verdict, "undecided");
  const fine: Listen = { ...measured, busySlow: 0.9, readySlow: 0.9, nodeBusySlow: 0.9 };
  assert.equal(decide({ ...fine, nodeLargeSlow: 1 }).verdict, "undecided");
  assert.equal(decide({ ...fine, busySlow: 10, largeSlow: 1 }).verdict, "undecided");
  assert.equal(decide({ ...measured, largeSlow: 1 }).effect.value, 88);
});

test("each language that was measured is told", () => {
  assert.match(
    decide(measured).why,
    /in Python .* 87 % .* in Node, as busy, it was 88 % .* and 0\.0 % with 4096/,
  );
  assert.doesNotMatch(decide(pythonAlone).why, /Node/);
});
