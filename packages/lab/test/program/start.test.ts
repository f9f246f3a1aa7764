import assert from "node:assert/strict";
import { test } from "node:test";
import { tasksResultSchema } from "../../src/program/answer.js";
import { startProgram } from "../../src/program/start.js";

test("a program that prints answers without being asked is given up, and not kept in memory", async () => {
  const line = JSON.stringify({ result: { latencyMs: [1], totalMs: 1 } });
  const script = `
    process.stdout.write('{"ready": {}}\\n' + ${JSON.stringify(`${line}\n`)}.repeat(100));
    process.stdin.resume();`;
  const program = await startProgram({
    argv: [process.execPath, "-e", script],
    cwd: process.cwd(),
    workload: {},
    readyMs: 10_000,
  });
  try {
    const ask = async (): Promise<void> => {
      for (let i = 0; i < 20; i++) await program.result(tasksResultSchema, 10_000);
    };
    await assert.rejects(ask(), /printed more than 4 answers that nobody had asked for/);
  } finally {
    await program.kill();
  }
});
