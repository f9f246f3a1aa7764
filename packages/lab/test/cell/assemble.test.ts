import assert from "node:assert/strict";
import { test } from "node:test";
import { assembleCell } from "../../src/cell/assemble.js";
import type { MeasuredRun } from "../../src/cell/run.js";
import type { Cell, LawCheck } from "../../src/result/schema.js";
import { runOf } from "./fakeRun.js";

const holding = (residual: number): LawCheck => ({ residual, holds: true, detail: "" });
const broken = (residual: number): LawCheck => ({ residual, holds: false, detail: "" });

function cellOf(runs: readonly MeasuredRun[]): Cell {
  return assembleCell({
    name: "m",
    model: { language: "go" },
    workload: { kind: "wait", tasks: 1, waitMs: 0 },
    placed: runs.map((run, round) => ({ round, order: 0, run, failure: null })),
    discarded: 0,
    seed: 1,
  });
}

test("the interval beside the maximum contains it, however many runs never came near", () => {
  const cell = cellOf([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 100].map((ms) => runOf(ms)));
  const [low, high] = cell.interval["max"] ?? [0, 0];
  const max = cell.latencyMs?.max ?? Number.NaN;
  assert.ok(low <= max && max <= high, `${low} to ${high} for ${max}`);
  assert.ok((cell.interval["p50"]?.[1] ?? 0) < 100);
});

test("a run that is left out for the generator's sake shows neither its law nor its lag", () => {
  const out = runOf(9, {
    void: "generator: late",
    disturbed: true,
    laws: { little: broken(0.4), utilization: null },
  });
  const cell = cellOf([runOf(1, { laws: { little: holding(0.01), utilization: null } }), out]);
  assert.equal(cell.void, null);
  assert.deepEqual(cell.laws.little, holding(0.01));
  assert.equal(cell.perRun.length, 2);
});

test("a broken law is worse than one further off that chance explains", () => {
  for (const order of [
    [holding(0.3), broken(0.1)],
    [broken(0.1), holding(0.3)],
  ]) {
    const cell = cellOf(order.map((little) => runOf(1, { laws: { little, utilization: null } })));
    assert.equal(cell.laws.little?.holds, false);
  }
});
