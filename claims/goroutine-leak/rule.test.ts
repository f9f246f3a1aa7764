import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type GoroutineLeak } from "./rule.js";

const measured: GoroutineLeak = {
  requests: [1000, 2000],
  unread: [1000, 2000],
  buffered: [0, 0],
  cancelled: [0, 0],
  afterGc: 2000,
  bytes: 3400,
  profiled: 2000,
  place: "main.unread.func1",
};

test("goroutines that stay, batch after batch and through collections, are confirmed", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide({ ...measured, unread: [990, 1980], afterGc: 1980 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, unread: [989, 2000] }).verdict, "undecided");
  assert.equal(decide({ ...measured, afterGc: 1979 }).verdict, "undecided");
});

test("goroutines that a collection takes away refute", () => {
  assert.equal(decide({ ...measured, afterGc: 200 }).verdict, "refuted");
  assert.equal(decide({ ...measured, afterGc: 201 }).verdict, "undecided");
});

test("cures that leave goroutines as well say that it is not the channel", () => {
  assert.equal(decide({ ...measured, buffered: [0, 200] }).verdict, "confirmed");
  assert.equal(decide({ ...measured, cancelled: [0, 201] }).verdict, "undecided");
});
