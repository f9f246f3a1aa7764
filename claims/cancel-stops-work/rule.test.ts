import assert from "node:assert/strict";
import { test } from "node:test";
import { type CancelStopsWork, decide, waysOf } from "./rule.js";

const measured: CancelStopsWork = {
  threadRunning: 1,
  threadQueued: 0,
  asyncioTask: 0,
  asyncioThread: 1,
  threadSaid: "False",
  completable: 1,
  interrupted: 0,
  signalIgnored: 1,
  signalHeeded: 0,
  poolLooks: 0,
  poolDeaf: 0.15,
  graceMs: 30,
};
const stopped = { threadRunning: 0, asyncioThread: 0.5, completable: 0, signalIgnored: 0 };

test("some stop and some go on: it depends on what is cancelled", () => {
  const decision = decide(measured);
  assert.equal(decision.verdict, "depends");
  assert.equal(decision.effect.value, 4);
  assert.match(
    decision.why,
    /at least 100 % .* Python future, running, .*; at most 15 % of: Python future, queued/,
  );
});

test("all stopped is confirmed, one that goes on is enough against it", () => {
  assert.equal(decide({ ...measured, ...stopped }).verdict, "confirmed");
  assert.equal(decide({ ...measured, ...stopped, poolDeaf: 0.51 }).verdict, "depends");
});

test("none stopped is refuted", () => {
  const goOn = {
    threadQueued: 1,
    asyncioTask: 1,
    interrupted: 1,
    signalHeeded: 1,
    poolLooks: 1,
    poolDeaf: 1,
  };
  assert.equal(decide({ ...measured, ...goOn }).verdict, "refuted");
  assert.equal(decide({ ...measured, ...goOn, interrupted: null, asyncioTask: 0.5 }).verdict, "depends");
});

test("without Java its two ways are left out", () => {
  assert.equal(waysOf(measured).length, 10);
  assert.equal(waysOf({ ...measured, completable: null, interrupted: null }).length, 8);
});
