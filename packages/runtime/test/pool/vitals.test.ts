import assert from "node:assert/strict";
import { test } from "node:test";
import { vitals } from "../../src/pool/vitals.js";
import { open, tasksModule, until } from "./sizing-support.js";

const module = tasksModule();

test("a worker tells the time inside tasks, its CPU time and its heap", async () => {
  const pool = open(module, { threads: 1 });
  for (let at = 0; at < 4; at++) await pool.run("burn", [60]);
  const [thread] = pool.engine.crew.list();
  assert.ok(thread !== undefined);
  const read = () => vitals(pool.engine.shared, thread);
  assert.ok(await until(() => read().busyMs >= 239), `${read().busyMs} ms busy`);
  const { heapMb, utilization, cpuMs } = read();
  assert.ok(heapMb >= 1 && heapMb < 200, `${heapMb} MiB`);
  assert.ok(utilization > 0 && utilization <= 1, `${utilization}`);
  if (process.platform === "linux") assert.ok(cpuMs > 20, `${cpuMs} ms of CPU`);
  await pool.close();
});

test("a task that waits makes a worker busy without CPU", async () => {
  const pool = open(module, { threads: 1 });
  await pool.ready();
  for (let at = 0; at < 3; at++) await pool.run("rest", [150]);
  const [thread] = pool.engine.crew.list();
  assert.ok(thread !== undefined);
  assert.ok(await until(() => vitals(pool.engine.shared, thread).busyMs >= 445));
  const { busyMs, cpuMs } = vitals(pool.engine.shared, thread);
  if (process.platform === "linux") assert.ok(cpuMs < busyMs, `${cpuMs} of ${busyMs} ms`);
  await pool.close();
});

test("utilization falls when the work ends", async () => {
  const pool = open(module, { threads: 1 });
  await pool.ready();
  const [thread] = pool.engine.crew.list();
  assert.ok(thread !== undefined);
  await pool.run("burn", [300]);
  assert.ok(await until(() => vitals(pool.engine.shared, thread).utilization > 0));
  const falls = () => vitals(pool.engine.shared, thread).utilization === 0;
  assert.ok(await until(falls, 15_000));
  await pool.close();
});

test("the vitals of a slot begin anew with its next thread", async () => {
  const pool = open(module, { threads: 1, recycle: { afterTasks: 1 } });
  await pool.run("burn", [200]);
  assert.ok(await until(() => pool.engine.crew.list().some((thread) => thread.tasks === 0)));
  await pool.ready();
  for (const thread of pool.engine.crew.list()) {
    if (thread.tasks === 0) assert.equal(vitals(pool.engine.shared, thread).busyMs, 0);
  }
  await pool.close();
});
