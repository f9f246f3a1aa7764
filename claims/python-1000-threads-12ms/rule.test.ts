import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type ManySleep } from "./rule.js";

const of = (plain: number, traced: number): ManySleep => ({
  counts: [1, 1000],
  plainMs: [10.2, plain],
  tracedMs: [10.3, traced],
  startsMs: plain - 10,
});

test("up to 20 ms it is confirmed, from 25 ms refuted, in between undecided", () => {
  assert.equal(decide(of(20, 90)).verdict, "confirmed");
  assert.equal(decide(of(20.1, 90)).verdict, "undecided");
  assert.equal(decide(of(24.9, 90)).verdict, "undecided");
  assert.equal(decide(of(25, 90)).verdict, "refuted");
});

test("the better of both forms decides", () => {
  assert.equal(decide(of(90, 19)).verdict, "confirmed");
});
