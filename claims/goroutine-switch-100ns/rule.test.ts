import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type GoroutineSwitch } from "./rule.js";

const measured: GoroutineSwitch = {
  channel1Ns: 190,
  channel2Ns: 200,
  goschedNs: 100,
  goschedTurns: 1,
  lockedNs: 3_400,
};
const all = (ns: number): GoroutineSwitch => ({ ...measured, channel1Ns: ns, channel2Ns: ns, goschedNs: ns });

test("within half a decade of 100 to 200 ns in every way is confirmed", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide(all(31.7)).verdict, "confirmed");
  assert.equal(decide(all(632)).verdict, "confirmed");
});

test("outside of it in every way is refuted, on either side", () => {
  assert.equal(decide(all(31.6)).verdict, "refuted");
  assert.equal(decide(all(633)).verdict, "refuted");
});

test("outside of it in some ways depends on them", () => {
  assert.equal(decide({ ...measured, channel2Ns: 700 }).verdict, "depends");
  assert.equal(decide({ ...all(700), goschedNs: 100 }).verdict, "depends");
});

test("what locked goroutines take does not decide", () => {
  assert.equal(decide({ ...measured, lockedNs: 100 }).verdict, "confirmed");
});

test("a Gosched that does not switch decides nothing", () => {
  assert.equal(decide({ ...measured, goschedTurns: 0.79 }).verdict, "undecided");
  assert.equal(decide({ ...measured, goschedTurns: 0.8 }).verdict, "confirmed");
});
