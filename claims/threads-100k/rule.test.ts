import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type Threads100k } from "./rule.js";

const measured: Threads100k = {
  threads: 8_000,
  threadKb: 28,
  smallStackKb: 28,
  reservedKb: 8_196,
  firstLimit: "kernel.pid_max",
  firstLimitThreads: 32_768,
  errorMaps: "EAGAIN",
  errorProcesses: "EAGAIN",
  errorAddressSpace: "EAGAIN",
};
const withMemory = (gb: number): Threads100k => ({ ...measured, threadKb: (gb * 2 ** 20) / 100_000 });

test("under a tenth of 800 GB is refuted, from half of it confirmed, in between nothing is said", () => {
  assert.equal(decide(measured).verdict, "refuted");
  assert.equal(decide(withMemory(79)).verdict, "refuted");
  assert.equal(decide(withMemory(81)).verdict, "undecided");
  assert.equal(decide(withMemory(399)).verdict, "undecided");
  assert.equal(decide(withMemory(401)).verdict, "confirmed");
});

test("the sentence says which limit comes first, or that none does", () => {
  assert.match(decide(measured).why, /kernel\.pid_max stops this machine at 32768/);
  assert.match(decide({ ...measured, firstLimitThreads: 4_194_304 }).why, /no limit of this machine/);
});
