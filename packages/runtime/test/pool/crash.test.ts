import assert from "node:assert/strict";
import { test } from "node:test";
import { WorkerDiedError } from "../../src/error/errors.js";
import { until, watched, within } from "./storm/support.js";

async function death(call: Promise<unknown>): Promise<WorkerDiedError> {
  const error: unknown = await within(10_000, "call", call).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof WorkerDiedError, String(error));
  return error;
}

test("a task that exits: the error names it, the exit code and the remedy", async () => {
  await using pool = watched({ threads: 1 });
  const error = await death(pool.run("exit", [9]));
  assert.equal(error.exitCode, 9);
  assert.deepEqual(error.running, ["exit"]);
  assert.match(error.message, /ran exit: exit code 9; a task must not call process\.exit/);
  assert.equal(await within(5_000, "the next call", pool.run("add", [1, 2])), 3);
});

test("exit code 0 is a death too", async () => {
  await using pool = watched({ threads: 1 });
  assert.equal((await death(pool.run("exit", [0]))).exitCode, 0);
});

test("an asynchronous throw is the cause of the WorkerDiedError", async () => {
  await using pool = watched({ threads: 1 });
  const error = await death(pool.run("throwLater", ["from a timer"]));
  assert.ok(error.cause instanceof RangeError);
  assert.equal(error.cause.message, "from a timer");
});

test("an unhandled rejection in a worker is the cause too", async () => {
  await using pool = watched({ threads: 1 });
  const error = await death(pool.run("rejectLater", ["left behind"]));
  assert.equal((error.cause as Error).message, "left behind");
});

test("results whose then throws, or that cannot even be shown, are errors of their call alone", async () => {
  await using pool = watched({ threads: 1 });
  await assert.rejects(pool.run("throwingThen"), { name: "RangeError", message: /then threw/ });
  await assert.rejects(pool.run("unshowable"), { code: "NOT_CLONEABLE" });
  assert.equal(await pool.run("add", [1, 2]), 3);
  assert.equal(pool.starts, 1);
});

test("workers that die again and again are replaced at once as long as they do something", async () => {
  await using pool = watched({ threads: 1 });
  for (let round = 0; round < 10; round++) {
    await death(pool.run("exit", [1]));
    assert.equal(await within(3_000, "the next call", pool.run("add", [round, 1])), round + 1);
  }
});

test("a worker that is ended from outside while idle is replaced", async () => {
  await using pool = watched({ threads: 2 });
  await pool.run("add", [1, 1]);
  const [thread] = pool.pool.engine.crew.list();
  await thread?.terminate();
  await until(() => pool.pool.engine.crew.alive === 2, "a replacement");
  const sums = Array.from({ length: 100 }, (_, index) => pool.run("add", [index, 1]));
  assert.equal((await within(5_000, "calls", Promise.all(sums))).length, 100);
});

test("transferred buffers given to a worker that is told to stop are not lost", async () => {
  await using pool = watched({ threads: 2 });
  for (let round = 0; round < 30; round++) {
    await pool.run("add", [1, 1]);
    const bytes = new Uint8Array(16).fill(round);
    const [thread] = pool.pool.engine.crew.list();
    if (thread === undefined) continue;
    let call: Promise<unknown>;
    if (round % 2 === 0) {
      call = pool.run("echo", [bytes], { transfer: [bytes.buffer] });
      pool.pool.engine.crew.dismiss(thread);
    } else {
      pool.pool.engine.crew.dismiss(thread);
      call = pool.run("echo", [bytes], { transfer: [bytes.buffer] });
    }
    assert.deepEqual(await within(5_000, "the transferred bytes", call), new Uint8Array(16).fill(round));
    pool.pool.engine.crew.fill();
  }
});

test("a worker that is told to stop ends although its module left a timer", async () => {
  await using pool = watched({ threads: 1 });
  await pool.run("tick");
  const [thread] = pool.pool.engine.crew.list();
  assert.ok(thread !== undefined);
  pool.pool.engine.crew.dismiss(thread);
  await until(() => !pool.pool.engine.crew.list().includes(thread), "its end");
});
