import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type SwitchCost } from "./rule.js";

const measured: SwitchCost = {
  pipeThreadUs: 1.15,
  pipeProcessUs: 1.3,
  futexThreadUs: 1,
  futexProcessUs: 1.2,
  apartUs: 30,
  sizesKb: [0, 1024],
  threadBySizeUs: [1.15, 7],
  processBySizeUs: [1.3, 7],
  switchesPerRound: 2,
  voluntaryShare: 1,
};
const all = (us: number): SwitchCost => ({
  ...measured,
  pipeThreadUs: us,
  pipeProcessUs: us,
  futexThreadUs: us,
  futexProcessUs: us,
});

test("half a decade around 1 to 10 µs is confirmed when every way lies in it", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide(all(0.317)).verdict, "confirmed");
  assert.equal(decide(all(31.6)).verdict, "confirmed");
});

test("beyond it on either side is refuted when no way lies in it", () => {
  assert.equal(decide(all(0.316)).verdict, "refuted");
  assert.equal(decide(all(31.7)).verdict, "refuted");
});

test("some inside and some outside: it depends on the way", () => {
  assert.equal(decide({ ...measured, futexThreadUs: 0.31 }).verdict, "depends");
  assert.equal(decide({ ...all(40), pipeThreadUs: 31 }).verdict, "depends");
});

test("neither the wake-up of another CPU nor the caches decide", () => {
  assert.equal(decide({ ...measured, apartUs: null }).verdict, "confirmed");
  assert.equal(decide({ ...measured, apartUs: 300, threadBySizeUs: [1, 300] }).verdict, "confirmed");
});

test("without two switches per round trip nothing is decided", () => {
  assert.equal(decide({ ...measured, switchesPerRound: 1.79 }).verdict, "undecided");
  assert.equal(decide({ ...measured, switchesPerRound: 1.8 }).verdict, "confirmed");
});
