import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type SpinningThreads } from "./rule.js";

const measured = (perS: number): SpinningThreads => ({
  cores: 2,
  threads: [10, 10_000],
  switchesPerS: [500, perS],
  involuntary: [1, 1],
  coresUsed: [2, 2],
});

test("under a tenth of 10 million per second is refuted, from half of it confirmed, between them undecided", () => {
  assert.equal(decide(measured(600)).verdict, "refuted");
  assert.equal(decide(measured(999_999)).verdict, "refuted");
  assert.equal(decide(measured(1_000_000)).verdict, "undecided");
  assert.equal(decide(measured(4_999_999)).verdict, "undecided");
  assert.equal(decide(measured(5_000_000)).verdict, "confirmed");
});

test("with fewer threads the claim's figure is in proportion", () => {
  const fewer = { ...measured(150_000), threads: [10, 1_000] };
  assert.equal(decide(fewer).verdict, "undecided");
  assert.equal(decide({ ...fewer, switchesPerS: [500, 99_999] }).verdict, "refuted");
});

test("threads that hardly got to compute decide nothing", () => {
  assert.equal(decide({ ...measured(600), coresUsed: [2, 0.0049] }).verdict, "undecided");
  assert.equal(decide({ ...measured(600), coresUsed: [2, 0.005] }).verdict, "refuted");
});
