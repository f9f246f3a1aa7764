import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type TlbFlush } from "./rule.js";

/** Thread and process times lie at this share of the way from none (4 ns) to a flush (14 ns). */
const at = (thread: number, process = 0.1): TlbFlush => ({
  pages: [64, 128, 256],
  noneNs: [4, 4, 4],
  threadNs: [4, 4, 4].map((none) => none + thread * 10),
  processNs: [4, 4, 4].map((none) => none + process * 10),
  flushNs: [14, 14, 14],
  switchesPerRound: 2,
});

test("under a quarter of what a flush adds is refuted, from three quarters confirmed, between them undecided", () => {
  assert.equal(decide(at(-0.02)).verdict, "refuted");
  assert.equal(decide(at(0.24)).verdict, "refuted");
  assert.equal(decide(at(0.26)).verdict, "undecided");
  assert.equal(decide(at(0.74)).verdict, "undecided");
  assert.equal(decide(at(0.76)).verdict, "confirmed");
});

test("what a process switch adds does not decide", () => {
  assert.equal(decide(at(0.1, 1)).verdict, "refuted");
});

test("a caused flush that does not show decides nothing", () => {
  assert.equal(decide({ ...at(0), flushNs: [5.9, 5.9, 5.9] }).verdict, "undecided");
  assert.equal(decide({ ...at(0), flushNs: [6, 6, 6] }).verdict, "refuted");
});

test("without two switches per round trip nothing is decided", () => {
  assert.equal(decide({ ...at(0), switchesPerRound: 1.7 }).verdict, "undecided");
});
