import assert from "node:assert/strict";
import { test } from "node:test";
import { checked } from "../../src/cell/check.js";
import { calibrateResultSchema, usageSchema } from "../../src/program/answer.js";

test("a burst that is said to take no time is refused: its rate would be infinite", () => {
  const workload = { kind: "wait", tasks: 1, waitMs: 0 } as const;
  assert.throws(
    () => checked({ latencyMs: [0], totalMs: 0 }, workload),
    /says that 1 tasks took 0 ms in all/,
  );
  assert.throws(() => checked({ latencyMs: [0], totalMs: 1e-320 }, workload), /in all/);
  assert.equal(checked({ latencyMs: [0], totalMs: 0.001 }, workload).totalMs, 0.001);
});

test("figures of a program that would overflow a sum, or keep the lab computing, are refused", () => {
  assert.equal(usageSchema.safeParse({ voluntary: 1e308 }).success, false);
  assert.equal(calibrateResultSchema.safeParse({ roundsPerMs: 1e300 }).success, false);
  assert.equal(calibrateResultSchema.safeParse({ roundsPerMs: 1e6 }).success, true);
});
