import assert from "node:assert/strict";
import { test } from "node:test";
import { hold, watched, within } from "./storm/support.js";

async function failure(call: Promise<unknown>): Promise<Error & { detail?: unknown; code?: unknown }> {
  const error: unknown = await within(5_000, "call", call).then(
    () => assert.fail("it did not fail"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error);
  return error;
}

test("a task's error keeps class name, message, own properties and cause", async () => {
  await using pool = watched({ threads: 1 });
  const error = await failure(pool.run("failOdd", ["odd thing"]));
  assert.equal(error.name, "OddError");
  assert.equal(error.message, "odd thing");
  assert.deepEqual(error.detail, { size: 3 });
  assert.ok(error.cause instanceof SyntaxError);
  assert.equal(error.cause.message, "inner");
});

test("the stack shows both sides: where it was thrown, and who called", async () => {
  await using pool = watched({ threads: 1 });
  await pool.run("add", [1, 1]);
  await new Promise((done) => setTimeout(done, 5));
  const error = await failure(theCallingFunction(pool));
  assert.match(String(error.stack), /failOdd/);
  assert.match(String(error.stack), /theCallingFunction/);
});

async function theCallingFunction(pool: ReturnType<typeof watched>): Promise<unknown> {
  return pool.run("failOdd", ["with a stack"]);
}

test("a result that cannot be cloned names the function; the worker lives", async () => {
  await using pool = watched({ threads: 1 });
  await assert.rejects(pool.run("functionResult"), {
    code: "NOT_CLONEABLE",
    message: /^the result of functionResult cannot be sent to another thread/,
  });
  assert.equal(await pool.run("add", [1, 2]), 3);
  assert.equal(pool.starts, 1);
});

test("an argument that cannot be cloned is named, whether a worker is free or not", async () => {
  await using pool = watched({ threads: 1 });
  const bad = () => pool.run("echo", [1, { deep: [() => 1] }, new Map()]);
  await pool.run("add", [1, 1]);
  await assert.rejects(bad(), { code: "NOT_CLONEABLE", path: "argument 2" });
  const held = await hold(pool, 1);
  await assert.rejects(bad(), { code: "NOT_CLONEABLE", path: "argument 2" });
  await held.open();
  await assert.rejects(pool.run("echo", [Symbol("no")]), { code: "NOT_CLONEABLE", path: "argument 1" });
  assert.equal(await within(5_000, "the next call", pool.run("add", [1, 2])), 3);
  assert.equal(pool.pool.engine.occupied, 0);
});

test("many arguments that cannot be cloned cost no worker its place", async () => {
  await using pool = watched({ threads: 2 });
  for (let round = 0; round < 20; round++) {
    const bad = Array.from({ length: 50 }, () => pool.run("echo", [() => round]));
    const good = Array.from({ length: 50 }, (_, at) => pool.run("echo", [new Map([[at, round]])]));
    for (const end of await Promise.allSettled(bad)) assert.equal(end.status, "rejected");
    assert.equal((await within(5_000, "good calls", Promise.all(good))).length, 50);
  }
  assert.equal(pool.starts, 2);
});

test("a getter of an argument's that throws is a NotCloneableError with what it threw", async () => {
  await using pool = watched({ threads: 1 });
  const value = {
    get broken(): never {
      throw new RangeError("do not read me");
    },
  };
  const error = await failure(pool.run("echo", [value]));
  assert.equal(error.code, "NOT_CLONEABLE");
  assert.match(error.message, /do not read me/);
  assert.equal(await pool.run("add", [1, 2]), 3);
});

test("a getter of an argument's that calls the pool itself does no harm", async () => {
  await using pool = watched({ threads: 2 });
  const inner: Promise<unknown>[] = [];
  const value = () => ({
    get nested() {
      inner.push(pool.run("add", [1, 1]), pool.run("echo", [new Map()]));
      return new Map([["a", 1]]);
    },
  });
  const calls = Array.from({ length: 50 }, () => pool.run("echo", [value()]));
  await within(10_000, "calls", Promise.all(calls));
  await within(10_000, "inner calls", Promise.all(inner));
  for (const times of pool.settled.values()) assert.equal(times, 1);
});
