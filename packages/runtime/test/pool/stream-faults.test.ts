import assert from "node:assert/strict";
import { after, test } from "node:test";
import { streamFrom } from "../../src/pool/stream.js";
import { ABORTED, CLOSED, DEAF, MADE } from "../fixtures/stream-tasks.js";
import { collect, range, rejection, sharedWords, unhandled, until, withPool } from "./stream-support.js";

after(async () => assert.deepEqual(await unhandled(), []));

test("a worker that exits: its items, then WorkerDiedError, and the pool goes on", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const { items, error } = await collect(streamFrom(pool, "exits", [40]));
    assert.deepEqual(items, range(40));
    assert.equal((error as { code?: string }).code, "WORKER_DIED");
    assert.equal((error as { exitCode?: number }).exitCode, 7);
    assert.equal(await pool.run("five"), 5);
  }));

test("abort: the waiting reader gets CancelError, the task its signal, and the generator is closed", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const memory = sharedWords();
    const controller = new AbortController();
    const items = streamFrom(pool, "waitsForSignal", [memory], { signal: controller.signal });
    await items.next();
    const waiting = rejection(items.next());
    controller.abort("enough");
    const error = await waiting;
    assert.equal(error.code, "CANCELLED");
    assert.equal((error as { reason?: unknown }).reason, "enough");
    await until(() => memory[CLOSED] === 1);
    assert.equal(memory[ABORTED], 1);
    assert.equal(await pool.run("five"), 5);
    assert.equal(pool.engine.crew.replaced, 0);
  }));

test("abort: what was not read is dropped", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const memory = sharedWords();
    const controller = new AbortController();
    const items = streamFrom(pool, "counted", [memory], { signal: controller.signal });
    await items.next();
    await until(() => (memory[MADE] ?? 0) > 60);
    controller.abort();
    await new Promise((soon) => setImmediate(soon));
    assert.equal((await rejection(items.next())).code, "CANCELLED");
    await until(() => memory[CLOSED] === 1);
  }));

test("an abort before the first next: nothing runs", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const memory = sharedWords();
    const items = streamFrom(pool, "counted", [memory], { signal: AbortSignal.abort("never") });
    assert.equal((await rejection(items.next())).code, "CANCELLED");
    await pool.run("five");
    assert.equal(memory[MADE], 0);
  }));

test("a timeout ends a generator that heeds its signal, and the worker lives", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const memory = sharedWords();
    await pool.run("five");
    const { items, error } = await collect(streamFrom(pool, "waitsForSignal", [memory], { timeout: 300 }));
    assert.deepEqual(items, [1]);
    assert.equal((error as { code?: string }).code, "TIMEOUT");
    assert.match((error as Error).message, /^waitsForSignal did not end within 300 ms$/);
    await until(() => memory[CLOSED] === 1);
    assert.equal(pool.engine.crew.replaced, 0);
  }));

test("a generator that does not end within grace loses its worker", () =>
  withPool("stream-tasks", { grace: 50 }, async (pool) => {
    const controller = new AbortController();
    const memory = sharedWords();
    const items = streamFrom(pool, "deaf", [memory], { signal: controller.signal });
    await items.next();
    await until(() => memory[DEAF] === 1);
    controller.abort();
    assert.equal((await rejection(items.next())).code, "CANCELLED");
    assert.equal(await pool.run("five"), 5);
    assert.equal(pool.engine.crew.replaced, 1);
  }));

test("leaving a generator that does not end takes grace, not longer", () =>
  withPool("stream-tasks", { grace: 50 }, async (pool) => {
    for await (const _ of streamFrom(pool, "deaf", [sharedWords()])) break;
    assert.equal(await pool.run("five"), 5);
  }));

test("leaving aborts a generator that waits for something else", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const memory = sharedWords();
    for await (const _ of streamFrom(pool, "waitsForSignal", [memory])) break;
    assert.equal(memory[CLOSED], 1);
    assert.equal(pool.engine.crew.replaced, 0);
  }));

test("leaving while a next waits: that next is done, and nothing hangs", () =>
  withPool("stream-tasks", { grace: 50 }, async (pool) => {
    const items = streamFrom(pool, "deaf", [sharedWords()]);
    await items.next();
    const waiting = items.next();
    await items.return();
    assert.deepEqual(await waiting, { done: true, value: undefined });
    assert.equal(await pool.run("five"), 5);
  }));

test("leaving a stream that still waits for a worker takes it out of the queue", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const busy = streamFrom(pool, "counted", [sharedWords()]);
    await busy.next();
    const memory = sharedWords();
    const queued = streamFrom(pool, "counted", [memory]);
    const waiting = queued.next();
    await queued.return();
    assert.deepEqual(await waiting, { done: true, value: undefined });
    await busy.return();
    assert.equal(await pool.run("five"), 5);
    assert.equal(memory[MADE], 0);
    await until(() => pool.engine.occupied === 0);
  }));

test("terminate: every reader gets ClosedError", () =>
  withPool("stream-tasks", { threads: 2 }, async (pool) => {
    const readers = range(4).map(() => collect(streamFrom(pool, "slowly", [1e9, 1])));
    await until(() => pool.engine.occupied === 4);
    await pool.terminate();
    for (const { error } of await Promise.all(readers)) {
      assert.equal((error as { code?: string }).code, "CLOSED");
    }
    assert.equal((await rejection(streamFrom(pool, "count", [1]).next())).code, "CLOSED");
  }));

test("terminate while a reader does not wait: it hears of it at its next step", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const items = streamFrom(pool, "counted", [sharedWords()]);
    await items.next();
    await pool.terminate();
    assert.equal((await rejection(items.next())).code, "CLOSED");
    assert.deepEqual(await items.next(), { done: true, value: undefined });
  }));

test("exit, abort and leaving at about the same time: every next settles, every worker slot comes back", () =>
  withPool("stream-tasks", { threads: 2, grace: 50 }, async (pool) => {
    const ends = range(12).map(async (i) => {
      const controller = new AbortController();
      const items = streamFrom(pool, "exits", [i * 8], { signal: controller.signal });
      setTimeout(() => controller.abort(), 20 + ((i * 7) % 40));
      const reading = collect(items);
      if (i % 3 === 0) setTimeout(() => void items.return(), 20 + ((i * 11) % 40));
      const { items: got, error } = await reading;
      assert.deepEqual(got, range(got.length));
      return (error as { code?: string } | undefined)?.code ?? "left";
    });
    const codes = new Set(await Promise.all(ends));
    for (const code of codes) assert.ok(["CANCELLED", "WORKER_DIED", "left"].includes(code), code);
    await until(() => pool.engine.occupied === 0);
    assert.equal(await pool.run("five"), 5);
  }));
