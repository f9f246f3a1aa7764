import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, lateMs, type Overload } from "./rule.js";

const measured: Overload = {
  load: 1.5,
  capacity: 8,
  serviceMs: 2.5,
  rejectedShare: 0.33,
  unboundedMs: [30, 95, 150, 220],
  boundedMs: [20, 21, 20, 21],
  unboundedP5Ms: 190,
  unboundedP95Ms: 250,
  boundedP75Ms: 26,
  unboundedLengths: [0, 60, 150],
  boundedLengths: [0, 8, 7],
};

test("a request is late after twice the time of a full queue", () => {
  assert.equal(lateMs(measured), 45);
});

test("confirmed when all of the last quarter are late and growing, and the accepted ones of the bounded queue are not", () => {
  assert.equal(decide(measured).verdict, "confirmed");
  assert.equal(decide({ ...measured, unboundedP5Ms: 45 }).verdict, "undecided");
  assert.equal(decide({ ...measured, unboundedMs: [30, 150, 150, 220] }).verdict, "undecided");
  assert.equal(decide({ ...measured, boundedP75Ms: 45 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, boundedP75Ms: 46 }).verdict, "undecided");
});

test("refuted when the unbounded queue makes none late, or the bounded one makes half of them late", () => {
  assert.equal(decide({ ...measured, unboundedP5Ms: 20, unboundedP95Ms: 45 }).verdict, "refuted");
  assert.equal(decide({ ...measured, boundedMs: [20, 21, 20, 46], boundedP75Ms: 60 }).verdict, "refuted");
});
