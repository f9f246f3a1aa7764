import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Mutex } from "../../src/lock/index.js";
import { pool } from "../../src/pool/index.js";

const tasks = new URL("./pool-tasks.js", import.meta.url);

test("a shared mutex is passed to pool tasks as it is", async () => {
  await using cpu = pool<typeof import("./pool-tasks.js")>(tasks, { threads: 2 });
  const mutex = Mutex.shared();
  const counter = new Int32Array(new SharedArrayBuffer(4));
  await Promise.all([1, 2, 3].map(() => cpu.run("countUnder", [mutex, counter, 50])));
  assert.equal(counter[0], 150);
  assert.equal(mutex.stats().held, 0);
});

test("a pool task that is ended by force while it holds a shared mutex: waiters get OwnerDiedError, and the pool goes on", async () => {
  await using cpu = pool<typeof import("./pool-tasks.js")>(tasks, { threads: 1, grace: 20 });
  const mutex = Mutex.shared();
  const abort = new AbortController();
  const hanging = cpu.run("hang", [mutex], { signal: abort.signal });
  for (let i = 0; i < 1_000 && mutex.stats().held === 0; i++) await delay(2);
  const waiting = mutex.acquire();
  abort.abort();
  await assert.rejects(hanging, { code: "CANCELLED" });
  await assert.rejects(waiting, { code: "OWNER_DIED" });
  const counter = new Int32Array(new SharedArrayBuffer(4));
  await cpu.run("countUnder", [mutex, counter, 5]);
  assert.equal(counter[0], 5);
});

test("a thread that died in the middle of a step leaves a lock that works", async () => {
  const mutex = Mutex.shared();
  new Int32Array(mutex.state)[0] = 2 ** 30; // the section is held by a thread that is not there
  (await mutex.acquire()).release();
  assert.equal(mutex.stats().held, 0);
});
