import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type Goroutine } from "./rule.js";

const measured: Goroutine = {
  counts: [1_000, 4_000],
  sleepMb: [2.6, 10.4],
  tcpMb: [3, 12],
  httpMb: [10, 40],
  sleepKb: 2.6,
  tcpKb: 3,
  httpKb: 10,
  socketKb: 4,
};

test("a cheap sleeper and a dear connection: it depends on what the goroutine does", () => {
  assert.equal(decide(measured).verdict, "depends");
  assert.equal(decide({ ...measured, sleepKb: 4, httpKb: 1, tcpKb: 1 }).verdict, "depends");
});

test("all up to 4 KB is confirmed; a sleeper from 5 KB is refuted", () => {
  assert.equal(decide({ ...measured, tcpKb: 2, httpKb: 2, socketKb: 2 }).verdict, "confirmed");
  assert.equal(decide({ ...measured, sleepKb: 5 }).verdict, "refuted");
});

test("between 4 and 5 KB nothing is said", () => {
  assert.equal(decide({ ...measured, sleepKb: 4.5 }).verdict, "undecided");
  assert.equal(decide({ ...measured, tcpKb: 2, httpKb: 2.5, socketKb: 2 }).verdict, "undecided");
});
