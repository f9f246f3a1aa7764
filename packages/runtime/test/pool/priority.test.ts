import assert from "node:assert/strict";
import { test } from "node:test";
import { AGING_MS, orderKey } from "../../src/pool/queue.js";
import { hold, random, type Watched, watched, within } from "./storm/support.js";

/** Runs what `start` calls behind one that holds the only worker, and gives the order of their ends. */
async function orderBehindGate(
  pool: Watched,
  start: (called: (call: Promise<unknown>, label: number) => void) => void | Promise<void>,
): Promise<number[]> {
  const held = await hold(pool, 1);
  const order: number[] = [];
  const calls: Promise<unknown>[] = [];
  await start((call, label) => calls.push(call.then(() => order.push(label))));
  await held.open();
  await within(10_000, "calls", Promise.all(calls));
  return order;
}

for (const seed of [51, 52, 53]) {
  test(`one thread, saturated: strictly by priority, then in the order of the calls (seed ${seed})`, async () => {
    await using pool = watched({ threads: 1 });
    const next = random(seed);
    const priorities = Array.from({ length: 300 }, () => Math.floor(next() * 7) - 3);
    const order = await orderBehindGate(pool, (called) => {
      for (const [at, priority] of priorities.entries()) {
        const args = next() < 0.2 ? new Map([[at, at]]) : at;
        called(pool.run("echo", [args], { priority }), at);
      }
    });
    const expected = [...priorities.keys()].sort(
      (a, b) => (priorities[b] ?? 0) - (priorities[a] ?? 0) || a - b,
    );
    assert.deepEqual(order, expected);
  });
}

test("equal priorities are served in the order of the calls, also beyond the cells", async () => {
  await using pool = watched({ threads: 1 });
  const order = await orderBehindGate(pool, (called) => {
    for (let at = 0; at < 6_000; at++) called(pool.run("add", [at, 0]), at);
  });
  assert.deepEqual(
    order,
    order.map((_, at) => at),
  );
});

test("a call of high priority overtakes thousands that were handed over already", async () => {
  await using pool = watched({ threads: 1 });
  const order = await orderBehindGate(pool, (called) => {
    for (let at = 0; at < 3_000; at++) called(pool.run("add", [at, 0]), at);
    called(pool.run("add", [0, 0], { priority: 1 }), -1);
    called(pool.run("echo", [new Map()], { priority: 2 }), -2);
  });
  assert.deepEqual(order.slice(0, 4), [-2, -1, 0, 1]);
});

test("overtaking again and again under load loses nothing and runs nothing twice", async () => {
  await using pool = watched({ threads: 2 });
  const next = random(54);
  const counters = new SharedArrayBuffer(4 * 3_000);
  const calls: Promise<unknown>[] = [];
  for (let at = 0; at < 3_000; at++) {
    calls.push(pool.run("count", [counters, at], { priority: Math.floor(next() * 3) }));
    if (at % 100 === 0) await new Promise((done) => setImmediate(done));
  }
  await within(20_000, "calls", Promise.all(calls));
  assert.ok(new Int32Array(counters).every((ran) => ran === 1));
});

test("a call that waited long enough goes before a later one of higher priority", async () => {
  assert.ok(orderKey(0, 0) < orderKey(AGING_MS + 1, 1));
  assert.ok(orderKey(0, 0) > orderKey(AGING_MS - 1, 1));
  await using pool = watched({ threads: 1 });
  const order = await orderBehindGate(pool, async (called) => {
    called(pool.run("add", [0, 0]), 0);
    await new Promise((done) => setTimeout(done, AGING_MS + 100));
    called(pool.run("add", [0, 0], { priority: 1 }), 1);
    called(pool.run("add", [0, 0], { priority: 2 }), 2);
  });
  assert.deepEqual(order, [2, 0, 1]);
});

test("under a flood of higher priority the low one is served within its age", {
  timeout: 20_000,
}, async () => {
  await using pool = watched({ threads: 1 });
  await pool.run("add", [1, 1]);
  let served = false;
  const flood = async () => {
    const end = performance.now() + 6_000;
    while (!served && performance.now() < end) await pool.run("spin", [2], { priority: 1 });
  };
  const floods = [flood(), flood(), flood(), flood()];
  await pool.run("add", [1, 1], { priority: 0 });
  served = true;
  await Promise.all(floods);
});
