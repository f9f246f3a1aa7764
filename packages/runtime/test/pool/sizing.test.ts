import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { open, pause, tasksModule, until } from "./sizing-support.js";

const module = tasksModule();
const cores = availableParallelism();

test("work that computes does not get more threads than there are cores", async () => {
  const pool = open(module, { threads: { min: 1, max: cores + 4 } });
  await pool.ready();
  let most = 0;
  const calls = Array.from({ length: 60 * cores }, () =>
    pool.run("burn", [20]).then(() => {
      most = Math.max(most, pool.engine.crew.wanted);
    }),
  );
  await Promise.all(calls);
  assert.equal(most, cores);
  await pool.close();
});

for (const task of ["rest", "block"]) {
  test(`work that waits gets threads up to max: ${task}`, async () => {
    const max = cores + 6;
    const pool = open(module, { threads: { min: 1, max } });
    const calls = Array.from({ length: 400 }, () => pool.run(task, [100]));
    const all = Promise.all(calls);
    assert.ok(
      await until(() => pool.engine.crew.alive === max, 8_000),
      `${pool.engine.crew.alive} of ${max}`,
    );
    await all;
    assert.equal(pool.engine.crew.wanted, max);
    await pool.close();
  });
}

test("threads that were started for waiting are let go when the work computes", async () => {
  const max = cores * 3;
  const pool = open(module, { threads: { min: 1, max } });
  await Promise.all(Array.from({ length: 200 }, () => pool.run("rest", [100])));
  assert.equal(pool.engine.crew.wanted, max);
  let going = true;
  const burn = async () => {
    while (going) await pool.run("burn", [15]);
  };
  const clients = Array.from({ length: max * 4 }, burn);
  const fewer = await until(() => pool.engine.crew.wanted <= Math.ceil(cores * 1.5), 8_000);
  going = false;
  await Promise.all(clients);
  assert.ok(fewer, `${pool.engine.crew.wanted} threads on ${cores} cores`);
  await pool.close();
});

test("the first burst starts several threads at once", { skip: cores < 2 && "one core" }, async () => {
  const pool = open(module, { threads: { min: 0, max: 4 } });
  const calls = Array.from({ length: 4 }, () => pool.run("burn", [30]));
  assert.equal(pool.engine.crew.alive, Math.min(4, cores));
  await Promise.all(calls);
  await pool.close();
});

test("with min 0 the first call starts a thread", async () => {
  const pool = open(module, { threads: { min: 0, max: 2 } });
  assert.equal(pool.engine.crew.alive, 0);
  assert.equal(await pool.run("add", [1, 2]), 3);
  assert.equal(pool.engine.crew.alive, 1);
  await pool.close();
});

test("a queue without room rejects only what no thread can be started for", async () => {
  const pool = open(module, { threads: { min: 0, max: 1 }, queue: { capacity: 0, onFull: "reject" } });
  const first = pool.run("rest", [50]);
  await assert.rejects(pool.run("rest", [50]), { code: "QUEUE_FULL" });
  assert.equal(typeof (await first), "number");
  await pool.close();
});

test("a few calls that come one at a time need one thread", async () => {
  const pool = open(module, { threads: { min: 0, max: 4 } });
  for (let at = 0; at < 200; at++) await pool.run("add", [at, at]);
  await pause(20);
  assert.equal(pool.engine.crew.wanted, 1);
  await pool.close();
});

test("a pool without a queue grows beyond the cores when its tasks wait", async () => {
  const max = cores + 3;
  const pool = open(module, { threads: { min: 1, max }, queue: { capacity: 0, onFull: "reject" } });
  await pool.ready();
  const calls: Promise<unknown>[] = [];
  const grown = await until(() => {
    calls.push(pool.run("rest", [100]).catch(() => undefined));
    return pool.engine.crew.alive === max;
  }, 8_000);
  assert.ok(grown, `${pool.engine.crew.alive} of ${max}`);
  await Promise.all(calls);
  await pool.close();
});

test("a pool that is being closed still grows for the calls it has", async () => {
  const max = cores + 3;
  const pool = open(module, { threads: { min: 1, max } });
  const calls = Array.from({ length: 100 }, () => pool.run("rest", [100]));
  const closed = pool.close();
  assert.ok(await until(() => pool.engine.crew.alive === max, 8_000), `${pool.engine.crew.alive} of ${max}`);
  await Promise.all([...calls, closed]);
});
