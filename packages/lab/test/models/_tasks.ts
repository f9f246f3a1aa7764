import assert from "node:assert/strict";
import { it } from "node:test";
import { type TasksResult, tasksResultSchema } from "../../src/program/answer.js";
import { expectedDigest } from "./_expected.js";
import { assertBurst, assertWaited } from "./_plausible.js";
import { answered, type Start, withProgram } from "./_start.js";

const BYTES = 200_000;

export function waitCases(start: Start, tasks: number): void {
  const workload = { kind: "wait", tasks, waitMs: 10 };

  it("waits as often as it is asked, and as long, and ends on SIGTERM while it waits", async () => {
    await withProgram(await start(workload), async (program) => {
      await answered(program, "ready");
      for (const [command, waitMs] of [
        ["go", 10],
        ["go", 10],
        ['go {"waitMs":40}', 40],
      ] as const) {
        program.say(command);
        const result = tasksResult(await answered(program, "result"));
        assertBurst(result, tasks);
        assertWaited(result, waitMs);
      }
      program.say('go {"waitMs":60000}');
      await new Promise((resolve) => setTimeout(resolve, 100));
      program.terminate();
      const { code, signal } = await program.ended();
      assert.ok(code === 0 || code === 143 || signal === "SIGTERM", `ended with ${code ?? signal}`);
    });
  });

  it("ends when its input ends in the middle of a wait", async () => {
    await withProgram(await start({ ...workload, tasks: 2, waitMs: 60_000 }), async (program) => {
      await answered(program, "ready");
      program.say("go");
      await new Promise((resolve) => setTimeout(resolve, 50));
      program.endInput();
      await program.ended();
    });
  });
}

export function hashCases(start: Start, tasks: number): void {
  it("hashes right, tells how long one hash takes alone, and ends when its input ends", async () => {
    await withProgram(await start({ kind: "hash", tasks, bytes: BYTES }), async (program) => {
      await answered(program, "ready");
      for (let i = 0; i < 2; i++) {
        program.say("go");
        const result = tasksResult(await answered(program, "result"));
        assertBurst(result, tasks);
        assert.equal(result.digest, expectedDigest(BYTES));
        assertWorked(result, tasks);
      }
      program.endInput();
      assert.equal((await program.ended()).code, 0);
    });
  });
}

/** The CPU time told is at least half of what the quickest hash took, for each: no thread or process is forgotten. */
function assertWorked({ usage, insideMs = [], singleMs = 0 }: TasksResult, tasks: number): void {
  assert.ok(singleMs > 0, "singleMs is missing");
  if (usage?.userMs === undefined) return;
  const cpuMs = usage.userMs + (usage.systemMs ?? 0);
  const quickest = Math.min(...insideMs);
  assert.ok(cpuMs >= 0.5 * tasks * quickest, `${cpuMs} ms of CPU for ${tasks} hashes of ${quickest} ms`);
}

const tasksResult = (value: unknown): TasksResult => tasksResultSchema.parse(value);
