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
  rounds: 6,
  asyncioP50Ms: 400,
  asyncioCpuMs: 0.12,
  asyncioCoresBusy: 1,
  asyncioRounds: 6,
  goP50Ms: 90,
  goCpuMs: 0.04,
  goCoresBusy: 1.4,
  goRounds: 7,
  goCores: 2,
  seldomConnections: 500,
  seldomPerS: 500,
  seldomP50Ms: 10.4,
};
/** As under --quick. */
const nodeAlone: Connections = {
  ...measured,
  asyncioP50Ms: null,
  asyncioCpuMs: null,
  asyncioCoresBusy: null,
  asyncioRounds: null,
  goP50Ms: null,
  goCpuMs: null,
  goCoresBusy: null,
  goRounds: null,
  goCores: null,
};
/** What a machine would have to measure for the claim. */
const fast: Connections = {
  ...measured,
  p50Ms: [10.5, 11],
  cpuMs: 0.0013,
  asyncioP50Ms: 11,
  asyncioCpuMs: 0.0013,
  goP50Ms: 11,
  goCpuMs: 0.0026,
};

test("one server with a bound of twice 11 ms or more refutes", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide(nodeAlone).verdict, "refuted");
  assert.equal(decide({ ...nodeAlone, cpuMs: 0.0022 }).verdict, "refuted");
  assert.equal(decide({ ...nodeAlone, cpuMs: 0.00219 }).verdict, "undecided");
  assert.equal(decide({ ...fast, cpuMs: 0.0022 }).verdict, "refuted");
  assert.equal(decide({ ...fast, asyncioCpuMs: 0.0022 }).verdict, "refuted");
  assert.equal(decide({ ...fast, asyncioCpuMs: 0.00219 }).verdict, "undecided");
});

test("it is confirmed when each of the three stays within a fifth more than 11 ms, and not by fewer", () => {
  assert.equal(decide(fast).verdict, "confirmed");
  assert.equal(decide({ ...fast, cpuMs: 0.00131 }).verdict, "confirmed");
  assert.equal(decide({ ...fast, cpuMs: 0.00133 }).verdict, "undecided");
  assert.equal(decide({ ...fast, asyncioCpuMs: 0.00133 }).verdict, "undecided");
  assert.equal(decide({ ...fast, p50Ms: [10.5, 13.1] }).verdict, "confirmed");
  assert.equal(decide({ ...fast, p50Ms: [10.5, 13.3] }).verdict, "undecided");
  assert.equal(decide({ ...nodeAlone, p50Ms: [11, 11], cpuMs: 0.0013 }).verdict, "undecided");
  assert.equal(decide({ ...fast, asyncioCpuMs: null }).verdict, "undecided");
  assert.equal(decide({ ...fast, goCpuMs: null }).verdict, "undecided");
});

test("Go has all its cores for it", () => {
  assert.equal(decide({ ...fast, goCpuMs: 0.00263 }).verdict, "confirmed");
  assert.equal(decide({ ...fast, goCpuMs: 0.00265 }).verdict, "undecided");
  assert.equal(decide({ ...fast, goP50Ms: 90, goCpuMs: 0.00439 }).verdict, "undecided");
  assert.equal(decide({ ...fast, goP50Ms: 90, goCpuMs: 0.0044 }).verdict, "refuted");
  assert.equal(decide({ ...fast, goCpuMs: 0.0044, goCores: 4 }).verdict, "confirmed");
});

test("Go does not answer in order, so its mean refutes only together with its median", () => {
  const slow: Connections = { ...fast, goCpuMs: 0.02 };
  assert.equal(decide({ ...slow, goP50Ms: 13.1 }).verdict, "undecided");
  assert.equal(decide({ ...slow, goP50Ms: 13.3 }).verdict, "refuted");
  assert.equal(decide({ ...fast, cpuMs: 0.02 }).verdict, "refuted");
});

test("a server that kept more cores busy than it has neither refutes nor confirms", () => {
  assert.equal(decide({ ...nodeAlone, coresBusy: 1.5 }).verdict, "refuted");
  assert.equal(decide({ ...nodeAlone, coresBusy: 1.51 }).verdict, "undecided");
  assert.equal(decide({ ...nodeAlone, coresBusy: Number.NaN }).verdict, "undecided");
  assert.equal(decide({ ...fast, asyncioCoresBusy: 1.51 }).verdict, "undecided");
  assert.equal(decide({ ...fast, goP50Ms: 90, goCpuMs: 0.04, goCoresBusy: 2.5 }).verdict, "refuted");
  assert.equal(decide({ ...fast, goP50Ms: 90, goCpuMs: 0.04, goCoresBusy: 2.51 }).verdict, "undecided");
  assert.equal(decide({ ...measured, coresBusy: 1.51 }).verdict, "refuted");
});

test("a server that was kept from answering each connection once neither refutes nor confirms", () => {
  assert.equal(decide({ ...nodeAlone, rounds: 1 }).verdict, "refuted");
  assert.equal(decide({ ...nodeAlone, rounds: 0.99 }).verdict, "undecided");
  assert.equal(decide({ ...fast, asyncioRounds: 0.99 }).verdict, "undecided");
  assert.equal(decide({ ...fast, goP50Ms: 90, goCpuMs: 0.04, goRounds: 1 }).verdict, "refuted");
  assert.equal(decide({ ...fast, goP50Ms: 90, goCpuMs: 0.04, goRounds: 0.99 }).verdict, "undecided");
  assert.equal(decide({ ...measured, rounds: 0.99 }).verdict, "refuted");
});

test("each language is told, and who holds", () => {
  const { why } = decide({ ...measured, goP50Ms: 12, goCpuMs: 0.0026 });
  assert.match(
    why,
    /100: 11 ms, 3000: 58 ms in Node, and with 3000 it is 400 ms in asyncio and 12 ms in Go\./,
  );
  assert.match(why, /at least 180 ms in Node .* on one core\), 1200 ms in asyncio .* on one core\)/);
  assert.match(
    why,
    /13 ms in Go .* on 2 cores\): 11 ms are out of reach of Node, asyncio; .* within reach of Go \(/,
  );
  assert.match(decide({ ...measured, goCoresBusy: 3 }).why, /the count cannot be trusted of Go \(/);
  assert.match(decide({ ...measured, goCpuMs: 0.003 }).why, /it cannot be told of Go \(/);
  assert.doesNotMatch(decide(nodeAlone).why, /asyncio|Go/);
});

test("the dearest server is the effect, unless it was counted wrong", () => {
  assert.equal(Math.round(decide(measured).effect.value), 1200);
  assert.equal(Math.round(decide({ ...measured, asyncioCoresBusy: 2 }).effect.value), 200);
});

test("the other reading is told", () => {
  assert.match(
    decide(measured).why,
    /500 connections ask Node seldom, 500 requests\/s in all, p50 is 10\.4 ms/,
  );
});
