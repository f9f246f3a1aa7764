import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type PoolWaves } from "./rule.js";

const with50 = (taken: number): PoolWaves => ({
  urls: 100,
  delayMs: 100,
  workers: [25, 50, 100],
  waits: [4.2, taken, 1.4],
});

test("1.8 waits and more is refuted, up to 1.3 confirmed, in between undecided", () => {
  assert.equal(decide(with50(2.3)).verdict, "refuted");
  assert.equal(decide(with50(1.8)).verdict, "refuted");
  assert.equal(decide(with50(1.79)).verdict, "undecided");
  assert.equal(decide(with50(1.31)).verdict, "undecided");
  assert.equal(decide(with50(1.3)).verdict, "confirmed");
});

test("the pool of 50 decides, wherever it stands in the sweep", () => {
  assert.equal(decide({ ...with50(2), workers: [50, 100], waits: [2.3, 1.1] }).verdict, "refuted");
  assert.equal(decide({ ...with50(2), workers: [100], waits: [1.1] }).verdict, "undecided");
});
