import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { group } from "../../src/group/group.js";
import { RwLock } from "../../src/lock/index.js";

test("readers share, a writer is alone", async () => {
  const lock = new RwLock();
  const readers = [await lock.read(), await lock.read()];
  assert.equal(lock.stats().held, 2);
  assert.equal(lock.tryWrite(), undefined);
  for (const reader of readers) reader.release();
  const writer = await lock.write();
  assert.equal(lock.stats().held, 1);
  assert.equal(lock.tryRead(), undefined);
  assert.equal(lock.tryWrite(), undefined);
  writer.release();
  assert.equal(lock.stats().held, 0);
});

test("a writer that waits stops the readers behind it: it does not starve", async () => {
  const lock = new RwLock();
  const order: string[] = [];
  const note = (what: string) => (guard: Disposable) => {
    order.push(what);
    return guard;
  };
  const first = await lock.read();
  const writer = lock.write().then(note("write"));
  const late = [lock.read().then(note("read")), lock.read().then(note("read"))];
  assert.equal(lock.tryRead(), undefined);
  await turn();
  assert.deepEqual(order, []);
  first.release();
  (await writer)[Symbol.dispose]();
  const both = await Promise.all(late);
  assert.deepEqual(order, ["write", "read", "read"]);
  assert.equal(lock.stats().held, 2);
  for (const guard of both) guard[Symbol.dispose]();
});

test("readers behind a writer that gives up go on at once", async () => {
  const lock = new RwLock();
  const reader = await lock.read();
  const abort = new AbortController();
  const writer = lock.write({ signal: abort.signal });
  const behind = lock.read();
  abort.abort();
  await assert.rejects(writer, { code: "CANCELLED" });
  (await behind).release();
  reader.release();
});

test("writers come one after another between readers, in the order in which they asked", async () => {
  const lock = new RwLock();
  const order: string[] = [];
  const run = async (name: string, kind: "read" | "write") => {
    using _guard = await lock[kind]();
    order.push(name);
    await turn();
  };
  await Promise.all([
    run("w1", "write"),
    run("r1", "read"),
    run("r2", "read"),
    run("w2", "write"),
    run("r3", "read"),
  ]);
  assert.deepEqual(order, ["w1", "r1", "r2", "w2", "r3"]);
});

test("a task that writes and asks again cannot ever have it: DeadlockError", async () => {
  const lock = new RwLock();
  await group(async () => {
    using _guard = await lock.write();
    await assert.rejects(lock.read(), { code: "DEADLOCK" });
    await assert.rejects(lock.write(), { code: "DEADLOCK" });
  });
});
