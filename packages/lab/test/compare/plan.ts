import { fileURLToPath } from "node:url";
import type { ComparePlan } from "../../src/compare/plan.js";

/** A model of test/fixtures/models, by name. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../../test/fixtures/models/${name}/model.json`, import.meta.url));
}

/** A plan over fixtures only, small enough for a test. */
export function planFor(fixtures: readonly string[], more: Partial<ComparePlan> = {}): ComparePlan {
  return {
    workloads: [{ kind: "wait", tasks: 20, waitMs: 10 }],
    models: [],
    modelFiles: fixtures.map(fixture),
    server: null,
    preset: "quick",
    runs: 2,
    readyMs: 5_000,
    warmupS: 0.3,
    seed: 7,
    sweepCpuMs: null,
    requirement: { p99Ms: null, memoryMb: null },
    placement: "shared",
    outDir: null,
    ...more,
  };
}
