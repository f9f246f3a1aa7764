import assert from "node:assert/strict";
import { test } from "node:test";
import { type Connections, decide } from "./rule.js";

const measured: Connections = {
  waitMs: 10,
  connections: [100, 3000],
  p50Ms: [11.2, 58],
  answeredPerS: [8_700, 50_000],
  cpuMs: 0.018,
  coresBusy: 0.95,
  seldomConnections: 500,
  seldomPerS: 500,
  seldomP50Ms: 10.4,
};

test("a bound of twice 11 ms and more is refuted, up to a fifth more confirmed, in between undecided", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide({ ...measured, cpuMs: 0.0022 }).verdict, "refuted");
  assert.equal(decide({ ...measured, cpuMs: 0.00219 }).verdict, "undecided");
  assert.equal(decide({ ...measured, cpuMs: 0.00133 }).verdict, "undecided");
  assert.equal(decide({ ...measured, cpuMs: 0.00131 }).verdict, "confirmed");
});

test("a server that kept more than one loop busy decides nothing", () => {
  assert.equal(decide({ ...measured, coresBusy: 1.5 }).verdict, "refuted");
  assert.equal(decide({ ...measured, coresBusy: 1.51 }).verdict, "undecided");
  assert.equal(decide({ ...measured, coresBusy: Number.NaN }).verdict, "undecided");
});

test("the other reading is told", () => {
  assert.match(decide(measured).why, /500 connections ask seldom, 500 requests\/s in all, p50 is 10\.4 ms/);
});
