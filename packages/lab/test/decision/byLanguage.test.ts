import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { summarize, workOf } from "../../src/decision/byLanguage.js";
import { cell, HASH, serve, WAIT } from "./cells.js";

const around = (middle: number) => [middle, middle * 1.01, middle * 0.99];

describe("the table of work by language", () => {
  it("tells the kinds of work apart", () => {
    assert.deepEqual([WAIT, HASH, serve(0), serve(5, 0), serve(5)].map(workOf), [
      "io",
      "cpu",
      "io",
      "cpu",
      "mixed",
    ]);
  });

  it("names the best of each language for each kind, or why there is none", () => {
    const rows = summarize([
      cell({ model: "node-event-loop", cpu: around(0.1) }),
      cell({ model: "node-worker-pool", cpu: around(0.3) }),
      cell({ model: "node-worker-pool", workload: HASH, cpu: around(1) }),
      cell({ model: "go-goroutines", language: "go", cpu: around(0.05) }),
      cell({
        model: "go-goroutines",
        language: "go",
        workload: serve(5),
        cpu: around(5),
        void: "saturated: 400 of 500/s",
      }),
    ]);
    assert.deepEqual(
      rows.map(({ language, work, model }) => [language, work, model]),
      [
        ["node", "io", "node-event-loop"],
        ["node", "cpu", "node-worker-pool"],
        ["node", "mixed", null],
        ["go", "io", "go-goroutines"],
        ["go", "cpu", null],
        ["go", "mixed", null],
      ],
    );
    assert.match(rows[0]?.why ?? "", /^0\.1 ms CPU per task, p99 12 ms, peak 50 MiB: node-event-loop uses/);
    assert.equal(rows[2]?.why, "not measured");
    assert.equal(rows[5]?.why, "every cell void: saturated: 400 of 500/s");
  });

  it("over several workloads takes the one that is good at all", () => {
    const rows = summarize([
      cell({ model: "a", cpu: around(1) }),
      cell({ model: "b", cpu: around(1.2) }),
      cell({ model: "a", workload: serve(0), cpu: around(3) }),
      cell({ model: "b", workload: serve(0), cpu: around(1) }),
    ]);
    assert.equal(rows[0]?.model, "b");
  });

  it("still names one when no model ran all workloads of a kind", () => {
    const rows = summarize([
      cell({ model: "a", cpu: around(1) }),
      cell({ model: "b", workload: serve(0), cpu: around(1) }),
    ]);
    assert.equal(rows[0]?.model, "a");
  });
});
