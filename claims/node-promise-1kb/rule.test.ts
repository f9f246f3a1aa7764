import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type NodePromise } from "./rule.js";

const measured: NodePromise = {
  waits: [10_000, 30_000],
  connections: [1_000, 3_000],
  callbacksMb: [8, 15],
  promisesMb: [18, 35],
  tcpMb: [10, 15],
  httpMb: [17, 35],
  callbackKb: 0.3,
  promiseKb: 0.9,
  tcpKb: 2.1,
  httpKb: 9,
  socketKb: 4,
};

test("a cheap callback and a dear connection: it depends on what is counted", () => {
  assert.equal(decide(measured).verdict, "depends");
  assert.equal(
    decide({ ...measured, promiseKb: 2, tcpKb: 0.4, httpKb: 0.5, socketKb: 2 }).verdict,
    "depends",
  );
});

test("all up to 2 KB is confirmed; a callback or promise from 2.5 KB is refuted", () => {
  assert.equal(decide({ ...measured, tcpKb: 0.5, httpKb: 1, socketKb: 1 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, callbackKb: 2.5 }).verdict, "refuted");
  assert.equal(decide({ ...measured, promiseKb: 2.5 }).verdict, "refuted");
});

test("between 2 and 2.5 KB nothing is said", () => {
  assert.equal(decide({ ...measured, promiseKb: 2.2 }).verdict, "undecided");
  assert.equal(decide({ ...measured, tcpKb: 0.5, httpKb: 1.2, socketKb: 1 }).verdict, "undecided");
});
