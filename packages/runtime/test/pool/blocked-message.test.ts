import assert from "node:assert/strict";
import { test } from "node:test";
import { pool } from "../../src/index.js";

type Tasks = typeof import("../fixtures/tasks.js");

test("calls by message to free workers run although the caller blocks at once, whatever the workers did just before", async () => {
  await using cpu = pool<Tasks>(new URL("../fixtures/tasks.js", import.meta.url), { threads: 2 });
  await cpu.ready();
  for (let round = 0; round < 150; round++) {
    if (round % 3 === 1) await Promise.all([cpu.run("add", [1, 2]), cpu.run("add", [3, 4])]);
    if (round % 3 === 2) await cpu.run("spin", [round % 4]);
    const flags = Array.from({ length: 2 }, () => new Int32Array(new SharedArrayBuffer(4)));
    const calls = flags.map((flag) => cpu.run("mark", [flag]));
    const outcomes = flags.map((flag) => Atomics.wait(flag, 0, 0, 5_000));
    assert.ok(!outcomes.includes("timed-out"), `round ${round}: ${outcomes.join()}`);
    await Promise.all(calls);
  }
});
