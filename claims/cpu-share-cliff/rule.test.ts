import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "@heddle/lab";
import { type CpuShareCliff, cliffIn, decide } from "./rule.js";

const shares = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6];
/** A queue's p99 at a fixed load: what waits, and a multiple of what computes. */
const queueMs = shares.map((share) => 2 + 8 * share);

const smooth: CpuShareCliff = {
  totalMs: 2,
  load: 0.5,
  shares,
  p99Ms: queueMs.map((ms) => ms * 1.1 + 0.2),
  queueMs,
  loads: [0.2, 0.5, 0.7, 0.85, 0.95],
  loadP99Ms: [3, 4, 6, 7, 10],
  many: 4.5,
  manyShares: [0.05, 0.1, 0.15, 0.2],
  manyP99Ms: [2.2, 2.5, 3.5, 8],
  few: 1.5,
  fewShares: [0.1, 0.2, 0.3, 0.6],
  fewP99Ms: [2.2, 2.4, 2.8, 12],
};
const steppedAt = (at: number, lift: number): number[] =>
  queueMs.map((ms, i) => ms * ((shares[i] ?? 0) > at ? lift : 1));

test("the queue's curve is refuted, and where a fixed rate bends is told", () => {
  const decision = decide(smooth);
  assert.equal(decision.verdict, "refuted");
  assert.match(
    decision.why,
    /tripled at 20 % CPU work with 4.5 requests in flight and at 60 % CPU work with 1.5/,
  );
});

test("a twofold step at 15, 20 or 25 % is confirmed, also on top of two flat levels", () => {
  for (const at of [0.15, 0.2, 0.25]) {
    assert.equal(decide({ ...smooth, p99Ms: steppedAt(at, 2) }).verdict, "confirmed");
    assert.equal(cliffIn(shares, steppedAt(at, 2), queueMs).at, at);
  }
  const levels = shares.map((share) => (share > 0.2 ? 30 : 3));
  assert.equal(decide({ ...smooth, p99Ms: levels }).verdict, "confirmed");
});

test("a step of less than half, or one at 40 %, is not the claimed cliff", () => {
  assert.notEqual(decide({ ...smooth, p99Ms: steppedAt(0.2, 1.3) }).verdict, "confirmed");
  assert.notEqual(decide({ ...smooth, p99Ms: steppedAt(0.4, 2) }).verdict, "confirmed");
});

test("a fall instead of a rise is no cliff", () => {
  assert.notEqual(decide({ ...smooth, p99Ms: steppedAt(0.2, 0.3) }).verdict, "confirmed");
});

test("noise of 10 % makes no cliff out of the queue's curve, and hides no twofold one", () => {
  const chance = random(7);
  const noisy = (values: readonly number[]): number[] =>
    values.map((ms) => ms * (1 + 0.2 * (chance.next() - 0.5) * 1.7));
  let invented = 0;
  let missed = 0;
  for (let i = 0; i < 500; i++) {
    if (decide({ ...smooth, p99Ms: noisy(queueMs) }).verdict !== "refuted") invented += 1;
    if (decide({ ...smooth, p99Ms: noisy(steppedAt(0.2, 2)) }).verdict !== "confirmed") missed += 1;
  }
  assert.equal(invented, 0);
  assert.ok(missed <= 5, `${missed} of 500 missed`);
});

test("where the load moves nothing, or the points scatter, nothing is decided", () => {
  assert.equal(decide({ ...smooth, loadP99Ms: [3, 3, 3.3, 3.6, 3.9] }).verdict, "undecided");
  assert.equal(decide({ ...smooth, loadP99Ms: [3, 3, 3.5, 4, 4.1] }).verdict, "refuted");
  const scattered = shares.map((_, i) => (i % 2 === 0 ? 2 : 8));
  assert.equal(decide({ ...smooth, p99Ms: scattered }).verdict, "undecided");
});
