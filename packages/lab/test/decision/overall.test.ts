import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Requirement } from "../../src/decision/bar.js";
import { choose } from "../../src/decision/choose.js";
import { decideOverall, workloadKey } from "../../src/decision/overall.js";
import type { Cell } from "../../src/result/schema.js";
import { cell, HASH, serve, WAIT } from "./cells.js";

const NONE = { p99Ms: null, memoryMb: null };
const around = (middle: number) => [middle, middle * 1.01, middle * 0.99, middle * 1.005];

function decide(cells: readonly Cell[], requirement: Requirement = NONE) {
  const keys = [...new Set(cells.map((each) => workloadKey(each.workload)))];
  const choices = keys.map((key) =>
    choose(
      cells.filter((each) => workloadKey(each.workload) === key),
      requirement,
    ),
  );
  return decideOverall(choices, cells, requirement);
}

describe("the decision over all workloads", () => {
  it("is the model with the lowest geometric mean of CPU ratios", () => {
    // a: 1x and 4x, mean 2. b: 2x and 1x, mean 1.41. c: 1.9x and 1.9x.
    const decision = decide([
      cell({ model: "a", cpu: around(1) }),
      cell({ model: "b", cpu: around(2) }),
      cell({ model: "c", cpu: around(1.9) }),
      cell({ model: "a", workload: HASH, cpu: around(4) }),
      cell({ model: "b", workload: HASH, cpu: around(1) }),
      cell({ model: "c", workload: HASH, cpu: around(1.9) }),
    ]);
    assert.equal(decision.model, "b");
    assert.match(decision.why, /all 2 workloads with 1\.4\d?x .*next is c with 1\.\d+x/);
  });

  it("counts only models that were measured and qualify everywhere", () => {
    const decision = decide([
      cell({ model: "a", cpu: around(0.1) }),
      cell({ model: "b", cpu: around(2) }),
      cell({ model: "a", workload: HASH, cpu: around(0.1), p99: 900 }),
      cell({ model: "b", workload: HASH, cpu: around(1) }),
    ]);
    assert.equal(decision.model, "b");
    assert.match(decision.why, /no other model does/);
  });

  it("of single runs gives no interval, which nobody measured", () => {
    const { why } = decide([
      cell({ model: "a", cpu: [1] }),
      cell({ model: "b", cpu: [3] }),
      cell({ model: "a", workload: HASH, cpu: [1] }),
      cell({ model: "b", workload: HASH, cpu: [3] }),
    ]);
    assert.match(why, /next is b with 3x \(3x in a single run\)/);
  });

  it("of one workload is its choice", () => {
    const cells = [cell({ model: "a", cpu: around(1) }), cell({ model: "b", cpu: around(2) })];
    assert.deepEqual(decide(cells), { model: "a", why: choose(cells, NONE).why });
  });

  it("is none when a workload has no winner, or nobody qualifies everywhere", () => {
    const lost = decide(
      [
        cell({ model: "a", cpu: around(1) }),
        cell({ model: "a", workload: serve(5), cpu: around(1), p99: 80 }),
      ],
      { p99Ms: 50, memoryMb: null },
    );
    assert.equal(lost.model, null);
    assert.match(lost.why, /^on serve \(100 connections, 500\/s, io 10 ms, cpu 5 ms\).*p99 80 ms/);
    const split = decide([
      cell({ model: "a", cpu: around(1) }),
      cell({ model: "b", workload: HASH, cpu: around(1) }),
    ]);
    assert.equal(split.model, null);
    assert.match(split.why, /nearest is a, which fails or was not measured on hash/);
  });

  it("of nothing is none", () => {
    assert.deepEqual(decideOverall([], [], NONE), { model: null, why: "nothing was measured" });
  });

  it("takes workloads with the same fields in another order for the same", () => {
    assert.equal(workloadKey(WAIT), workloadKey({ waitMs: 10, tasks: 1_000, kind: "wait" }));
    assert.notEqual(workloadKey(serve(0)), workloadKey(serve(1)));
  });
});
