import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { codeOf, hold, until, watched, within } from "./storm/support.js";

test("an abort settles the caller at once with CancelError and the signal's reason", async () => {
  await using pool = watched({ threads: 1 });
  const controller = new AbortController();
  const call = pool.run("pollSignal", [], { signal: controller.signal });
  setTimeout(() => controller.abort("changed my mind"), 30);
  await assert.rejects(within(2_000, "call", call), { code: "CANCELLED", reason: "changed my mind" });
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
});

test("a call whose signal is aborted already never reaches a worker", async () => {
  await using pool = watched({ threads: 1 });
  const counters = new SharedArrayBuffer(4);
  await assert.rejects(pool.run("count", [counters, 0], { signal: AbortSignal.abort("no") }), {
    code: "CANCELLED",
    reason: "no",
  });
  await pool.run("add", [1, 1]);
  assert.equal(new Int32Array(counters)[0], 0);
});

test("timeout 0 and a deadline in the past are over before they begin", async () => {
  await using pool = watched({ threads: 1 });
  const counters = new SharedArrayBuffer(4);
  await assert.rejects(pool.run("count", [counters, 0], { timeout: 0 }), { code: "TIMEOUT" });
  await assert.rejects(pool.run("count", [counters, 0], { deadline: Date.now() - 1 }), { code: "TIMEOUT" });
  await pool.run("add", [1, 1]);
  assert.equal(new Int32Array(counters)[0], 0);
});

test("timeouts longer than Node's longest timer do not fire at once", async () => {
  await using pool = watched({ threads: 1 });
  const calls = [2 ** 31, 2 ** 40, Number.POSITIVE_INFINITY].map((timeout) =>
    pool.run("sleep", [10], { timeout }),
  );
  assert.deepEqual(await within(5_000, "calls", Promise.all(calls)), [10, 10, 10]);
});

test("the earlier of timeout and deadline counts, and the task sees it", async () => {
  await using pool = watched({ threads: 1 });
  const far = Date.now() + 60_000;
  const seen = (await pool.run("deadline", [], { timeout: 90_000, deadline: far })) as number;
  assert.equal(seen, far);
  assert.equal(await pool.run("deadline"), undefined);
});

test("a timeout counts from the call, waiting included", async () => {
  await using pool = watched({ threads: 1 });
  await pool.run("add", [1, 1]);
  const busy = pool.run("spin", [300]);
  const counters = new SharedArrayBuffer(4);
  await assert.rejects(pool.run("count", [counters, 0], { timeout: 50 }), { code: "TIMEOUT" });
  await busy;
  await pool.run("add", [1, 1]);
  assert.equal(new Int32Array(counters)[0], 0, "what timed out in the queue never ran");
});

test("synchronous code sees the abort, and throwIfAborted throws the CancelError", async () => {
  await using pool = watched({ threads: 1, grace: 5_000 });
  const started = new SharedArrayBuffer(4);
  const controller = new AbortController();
  const call = pool.run("throwIfAborted", [started], { signal: controller.signal });
  await until(() => Atomics.load(new Int32Array(started), 0) === 1, "the start of the task");
  controller.abort();
  await assert.rejects(call, { code: "CANCELLED" });
  assert.equal(await within(4_000, "the same worker", pool.run("add", [1, 2])), 3);
  assert.equal(pool.starts, 1);
});

test("asynchronous code hears the abort through a listener", async () => {
  await using pool = watched({ threads: 1, grace: 5_000 });
  const flags = new Int32Array(new SharedArrayBuffer(8));
  const controller = new AbortController();
  const call = pool.run("listen", [flags.buffer], { signal: controller.signal });
  await until(() => Atomics.load(flags, 0) === 1, "the start of the task");
  controller.abort();
  await assert.rejects(call, { code: "CANCELLED" });
  await until(() => Atomics.load(flags, 1) === 1, "the listener's call");
  assert.equal(await within(4_000, "the same worker", pool.run("add", [1, 2])), 3);
  assert.equal(pool.starts, 1);
});

test("the deadline aborts the task's signal too", async () => {
  await using pool = watched({ threads: 1, grace: 5_000 });
  const flags = new Int32Array(new SharedArrayBuffer(8));
  await pool.run("add", [1, 1]);
  await assert.rejects(pool.run("listen", [flags.buffer], { timeout: 150 }), { code: "TIMEOUT" });
  await until(() => Atomics.load(flags, 1) === 1, "the listener's call");
  assert.equal(pool.starts, 1);
});

test("an abort in the turn in which the result arrives: one of the two, never both", async () => {
  await using pool = watched({ threads: 1 });
  const seen = new Set<unknown>();
  for (let round = 0; round < 300; round++) {
    const controller = new AbortController();
    const call = pool.run("add", [round, 1], { signal: controller.signal });
    const abort = () => controller.abort();
    if (round % 3 === 0) setImmediate(abort);
    else if (round % 3 === 1) process.nextTick(() => process.nextTick(abort));
    else void call.then(abort, () => undefined);
    const end = await call.catch((error: unknown) => codeOf(error));
    seen.add(end === "CANCELLED" ? end : "value");
    assert.ok(end === "CANCELLED" || end === round + 1, String(end));
  }
  for (const times of pool.settled.values()) assert.equal(times, 1);
  assert.ok(seen.has("value"));
});

test("many aborts of queued calls leave the next calls a way to the workers", async () => {
  await using pool = watched({ threads: 1 });
  const held = await hold(pool, 1);
  // More than the submission ring has places: its entries stay until a worker passes them.
  for (let round = 0; round < 5; round++) {
    const controller = new AbortController();
    for (let at = 0; at < 2_500; at++) {
      pool.run("add", [at, 1], { signal: controller.signal }).catch(() => undefined);
    }
    controller.abort();
  }
  const after = Array.from({ length: 20 }, (_, index) => pool.run("add", [index, 1]));
  await held.open();
  assert.deepEqual(
    await within(5_000, "the calls behind it", Promise.all(after)),
    after.map((_, index) => index + 1),
  );
});

test("a cancelled call that wanted a worker for itself leaves the host at rest", async () => {
  await using pool = watched({ threads: 2 });
  await Promise.all([pool.run("spin", [5]), pool.run("spin", [5])]);
  const controller = new AbortController();
  const busy = [pool.run("spin", [400]), pool.run("spin", [60])];
  const waiting = pool.run("echo", [new Map()], { signal: controller.signal });
  waiting.catch(() => undefined);
  await new Promise((done) => setTimeout(done, 20));
  controller.abort();
  await busy[1];
  // One worker is free now, the other is busy: looking for a worker would take a whole core.
  let turns = 0;
  const { drain } = pool.pool.engine.dispatch;
  pool.pool.engine.dispatch.drain = function counted() {
    turns++;
    return drain.call(this);
  };
  await busy[0];
  assert.ok(turns < 100, `the host looked ${turns} times`);
});

test("options that are no numbers are refused by name", async () => {
  await using pool = watched({ threads: 1 });
  await assert.rejects(async () => pool.run("add", [1, 1], { timeout: Number.NaN }), { code: "BAD_OPTION" });
  await assert.rejects(async () => pool.run("add", [1, 1], { deadline: -1 }), { code: "BAD_OPTION" });
  const onProgress = 5 as unknown as () => void;
  await assert.rejects(async () => pool.run("add", [1, 1], { onProgress }), { code: "BAD_OPTION" });
});
