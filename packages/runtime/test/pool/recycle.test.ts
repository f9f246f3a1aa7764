import assert from "node:assert/strict";
import { test } from "node:test";
import { open, tasksModule, until } from "./sizing-support.js";

const module = tasksModule();
const MIB = 1 << 20;

test("a worker runs as many tasks as recycle.afterTasks says, and not one more", async () => {
  const pool = open(module, { threads: 2, recycle: { afterTasks: 50 } });
  const calls = Array.from({ length: 600 }, () => pool.run("nth"));
  const results = (await Promise.all(calls)) as [number, number][];
  const most = Math.max(...results.map(([, ran]) => ran));
  assert.equal(most, 50);
  assert.ok(new Set(results.map(([thread]) => thread)).size >= 12);
  await pool.close();
});

test("10,000 tasks settle once each while their workers are recycled by count", async () => {
  const pool = open(module, { threads: 2, recycle: { afterTasks: 1_000 } });
  const settled = new Int32Array(10_000);
  const calls = Array.from(settled, (_, at) =>
    pool.run("add", [at, 1]).then((sum) => {
      assert.equal(sum, at + 1);
      settled[at] = (settled[at] ?? 0) + 1;
    }),
  );
  await Promise.all(calls);
  assert.ok(settled.every((times) => times === 1));
  assert.ok(pool.engine.crew.recycled >= 8, `${pool.engine.crew.recycled} recycled`);
  assert.equal(pool.engine.crew.replaced, 0);
  assert.equal(pool.engine.tally.completed, 10_000);
  await pool.close();
});

test("10,000 tasks settle once each while their workers are recycled by heap", async () => {
  const pool = open(module, { threads: 2, recycle: { heapAbove: 40 * MIB } });
  let settled = 0;
  let next = 0;
  // 4 KB stay behind each task: 40 MB in all, and the next two workers.
  const client = async () => {
    while (next < 10_000) {
      const at = next++;
      assert.equal(await pool.run("leak", [2_500, at]), at);
      settled++;
    }
  };
  await Promise.all(Array.from({ length: 16 }, client));
  assert.equal(settled, 10_000);
  assert.ok(pool.engine.crew.recycled >= 1, `${pool.engine.crew.recycled} recycled`);
  assert.equal(pool.engine.tally.completed, 10_000);
  await pool.close();
});

test("a worker whose heap is full while it has nothing to do is replaced then", async () => {
  const pool = open(module, { threads: 1, recycle: { heapAbove: 30 * MIB } });
  const before = await pool.run("where");
  await pool.run("leak", [8_000_000, 0]);
  assert.ok(await until(() => pool.engine.crew.recycled === 1));
  assert.notEqual(await pool.run("where"), before);
  await pool.close();
});

test("a bound below what an empty worker needs does not replace idle workers for ever", async () => {
  const pool = open(module, { threads: 1, recycle: { heapAbove: 1 } });
  await pool.ready();
  await pool.run("add", [1, 2]);
  assert.ok(await until(() => pool.engine.crew.recycled === 1));
  await pool.ready();
  await new Promise((done) => setTimeout(done, 500));
  assert.equal(pool.engine.crew.recycled, 1);
  await pool.close();
});

test("a worker that is recycled while a timer of the user's runs in it ends all the same", async () => {
  const forever = tasksModule(`setInterval(() => {}, 60000); export const go = () => 1;`);
  const pool = open(forever, { threads: 1, recycle: { afterTasks: 1 } });
  for (let round = 0; round < 3; round++) assert.equal(await pool.run("go"), 1);
  assert.ok(await until(() => pool.engine.crew.list().length === 1));
  assert.equal(pool.engine.crew.recycled, 3);
  await pool.close();
});

test("tasks whose arguments travel by message are not lost to a worker that is about to end", async () => {
  const text = `export function size(map, value) { return map.size + value; }`;
  const pool = open(tasksModule(text), { threads: 2, recycle: { afterTasks: 20 } });
  const map = new Map([[{}, new Map()]]);
  const calls = Array.from({ length: 1_000 }, (_, at) => pool.run("size", [map, at]));
  const results = await Promise.all(calls);
  assert.deepEqual(
    results,
    results.map((_, at) => at + 1),
  );
  await pool.close();
});
