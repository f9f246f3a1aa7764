import assert from "node:assert/strict";
import { test } from "node:test";
import { type DeadlockUndetected, decide } from "./rule.js";

const measured: DeadlockUndetected = {
  nothing: 1,
  ticker: 0,
  signalHandler: 0,
  server: 0,
  netOnly: 0,
  cgo: "1",
  reportedMs: 300,
};

test("detected when all sleep and missed beside a ticker: it depends", () => {
  const decision = decide(measured);
  assert.equal(decision.verdict, "depends");
  assert.match(
    decision.why,
    /with nothing else alive; with a ticker, a signal handler, an HTTP server it said nothing/,
  );
  assert.equal(decide({ ...measured, ticker: 1, signalHandler: 1 }).verdict, "depends");
});

test("detected in every situation is confirmed, in none refuted", () => {
  assert.equal(decide({ ...measured, ticker: 1, signalHandler: 1, server: 1 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, nothing: 0 }).verdict, "refuted");
});

test("neither cgo nor the other runtime decides", () => {
  assert.equal(decide({ ...measured, netOnly: 1, cgo: "0" }).verdict, "depends");
  assert.equal(decide({ ...measured, reportedMs: -1 }).verdict, "depends");
});
