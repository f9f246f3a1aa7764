import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judgeNoise } from "../../src/decision/noise.js";
import { compareResult } from "../../src/result/schema.js";
import { WAIT } from "./cells.js";

function judge(a: readonly number[], b: readonly number[]) {
  const [entry] = judgeNoise([{ workload: WAIT, model: "m", a: { p50: a, p99: a }, b: { p50: b, p99: b } }]);
  assert.ok(entry);
  return entry;
}

describe("the noise of the box", () => {
  it("is quiet when twins differ by a few percent, and gives ratio and interval", () => {
    const entry = judge([10, 10.4, 9.9], [10.1, 10, 10.2]);
    assert.equal(entry.quiet, true);
    assert.ok(Math.abs(entry.p99Ratio.value - 0.99) < 0.005);
    assert.ok(entry.p99Ratio.interval[0] < 0.95 && entry.p99Ratio.interval[1] > 1.05);
    assert.deepEqual(compareResult.shape.noise.element.parse(entry), entry);
  });

  it("is not quiet when the middle is off by more than a tenth", () => {
    assert.equal(judge([10.9, 10.9, 10.9], [10, 10, 10]).quiet, true);
    assert.equal(judge([11.1, 11.1, 11.1], [10, 10, 10]).quiet, false);
    assert.equal(judge([10, 10, 10], [11.1, 11.1, 11.1]).quiet, false);
  });

  it("is not quiet when runs go up and down around the same middle", () => {
    assert.equal(judge([13, 10, 8], [10, 10, 10.1]).quiet, false);
  });

  it("leaves out a pair without runs and keeps finite what has no bound", () => {
    assert.deepEqual(
      judgeNoise([{ workload: WAIT, model: "m", a: { p50: [], p99: [] }, b: { p50: [], p99: [] } }]),
      [],
    );
    const { p99Ratio, quiet } = judge([1, 1], [0, 0]);
    assert.ok(Number.isFinite(p99Ratio.value) && p99Ratio.interval.every(Number.isFinite));
    assert.equal(quiet, false);
  });
});
