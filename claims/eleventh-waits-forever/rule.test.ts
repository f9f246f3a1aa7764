import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type Eleventh } from "./rule.js";

const measured: Eleventh = {
  pool: 10,
  serviceMs: 300,
  waitedServices: 1.01,
  watchedMs: 600,
  nestedEnded: "no",
  secondPoolEnded: "yes",
};

test("up to one and a half service times is refuted, from three confirmed, in between undecided", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, waitedServices: 1.5 }).verdict, "refuted");
  assert.equal(decide({ ...measured, waitedServices: 1.51 }).verdict, "undecided");
  assert.equal(decide({ ...measured, waitedServices: 2.99 }).verdict, "undecided");
  assert.equal(decide({ ...measured, waitedServices: 3 }).verdict, "confirmed");
});

test("tasks that wait for each other are told and decide nothing", () => {
  assert.match(decide(measured).why, /had not ended after 0\.6 s, and a second pool for those ends it/);
  const ended = decide({ ...measured, nestedEnded: "yes", secondPoolEnded: "no" });
  assert.equal(ended.verdict, "refuted");
  assert.match(ended.why, /ended too/);
});
