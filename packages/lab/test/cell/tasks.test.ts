import assert from "node:assert/strict";
import { test } from "node:test";
import { busyLaw, runTasks } from "../../src/cell/tasks.js";
import { modelSchema } from "../../src/model/schema.js";
import { hasProc } from "../../src/probe/read.js";

/** Answers every `go` after `spinMs` of computing, and says nothing of what it used. */
const silent = (spinMs: number): string => `
  console.log('{"ready": {}}');
  process.stdin.on("data", () => {
    const until = performance.now() + ${spinMs};
    while (performance.now() < until);
    console.log('{"result": {"latencyMs": [${spinMs}], "totalMs": ${spinMs}}}');
  });
  process.stdin.on("end", () => process.exit(0));`;

async function cpuMsOf(spinMs: number): Promise<number | null> {
  const file = modelSchema.parse({
    name: "silent",
    language: "node",
    summary: "says nothing of what it used",
    workloads: ["wait"],
    start: ["{runtime}"],
  });
  const { name, language, summary, workloads } = file;
  const model = {
    name,
    language,
    summary,
    workloads,
    file,
    dir: "/",
    pool: undefined,
    heavy: false,
    foreign: true,
  };
  const run = await runTasks(
    { model, argv: [process.execPath, "-e", silent(spinMs)], cwd: process.cwd(), version: "" },
    { kind: "wait", tasks: 1, waitMs: 0 },
    {
      cores: 2,
      signal: undefined,
      readyMs: 10_000,
      iterations: 1,
      warmupS: 0,
      placement: "shared",
      roundsPerMs: new Map(),
      seed: 1,
    },
  );
  return run.cpuMs;
}

test("CPU of a burst whose program tells nothing is counted by /proc", { skip: !hasProc }, async () => {
  const cpuMs = (await cpuMsOf(200)) ?? 0;
  assert.ok(cpuMs >= 100 && cpuMs < 400, `${cpuMs} ms`);
});

test("what is too short for the steps of /proc is not measured rather than nothing", {
  skip: !hasProc,
}, async () => {
  assert.equal(await cpuMsOf(1), null);
});

test("a burst of a millisecond is not void for the moments between two clocks, a long one is for as much", () => {
  const passes = (totalMs: number) => Array.from({ length: 4 }, () => ({ totalMs }));
  assert.equal(busyLaw(4 * 1.4, passes(1.1), 4, 1).holds, true);
  assert.equal(busyLaw(4 * 1_270, passes(1_000), 4, 1).holds, false);
  assert.equal(busyLaw(4 * 5, passes(1), 4, 1).holds, false);
});
