import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "../../src/compare/compare.js";
import { compareResult } from "../../src/result/schema.js";
import { workloadSchema } from "../../src/workload/schema.js";
import { planFor } from "./plan.js";

test("an abort before anything could be measured is an interrupted result, not an error", async () => {
  const serve = workloadSchema.parse({ kind: "serve", cpuMs: 1 });
  const plan = planFor(["honest"], { workloads: [serve] });
  const result = await compare(plan, { signal: AbortSignal.abort("SIGINT") });
  assert.equal(result.partial, "interrupted by SIGINT");
  assert.deepEqual(compareResult.parse(JSON.parse(JSON.stringify(result))).cells, []);
});

test("an abort between two builds does not turn into an error of the calibration", async () => {
  const controller = new AbortController();
  const serve = workloadSchema.parse({ kind: "serve", cpuMs: 1 });
  const result = await compare(planFor(["honest"], { workloads: [serve] }), {
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type === "model") controller.abort("SIGTERM");
    },
  });
  assert.equal(result.partial, "interrupted by SIGTERM");
});
