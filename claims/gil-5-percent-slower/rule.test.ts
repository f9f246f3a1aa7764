import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type TwoThreads } from "./rule.js";

const of = (...ratios: number[]): TwoThreads => ({ versions: "2.7,3.6,3.9,3.13,3.14t", ratios });

test("the same time within the band is confirmed, a real gain or loss is refuted, what lies between is undecided", () => {
  assert.equal(decide(of(1, 1.02, 1.05, 1.3, 1)).verdict, "confirmed");
  assert.equal(decide(of(1, 0.5, 0.9, 1.3, 1)).verdict, "confirmed");
  assert.equal(decide(of(1, 1, 1.25, 1.3, 1)).verdict, "confirmed");
  assert.equal(decide(of(1, 1, 1.26, 1.3, 1)).verdict, "undecided");
  assert.equal(decide(of(1, 1, 1.51, 1.6, 1)).verdict, "refuted");
  assert.equal(decide(of(1, 0.5, 0.85, 1.6, 1)).verdict, "undecided");
  assert.equal(decide(of(1, 0.5, 0.79, 1.6, 1)).verdict, "refuted");
});

test("Python 2's GIL and builds without one are told, and decide nothing", () => {
  const told = decide(of(2.1, 1.02, 1.05, 1.04, 0.5));
  assert.equal(told.verdict, "confirmed");
  assert.match(told.why, /Python 2\.7: 2\.10x; Python 3\.14t: 0\.50x/);
});
