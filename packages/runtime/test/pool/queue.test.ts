import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, hold, watched, within } from "./storm/support.js";

for (const byMessage of [false, true]) {
  const lane = byMessage ? "by message" : "by shared memory";
  test(`"reject": exactly capacity calls wait, the next is refused and never runs (${lane})`, async () => {
    await using pool = watched({ threads: 2, queue: { capacity: 5, onFull: "reject" } });
    const counters = new SharedArrayBuffer(4 * 20);
    const held = await hold(pool, 2);
    const args = (at: number) => (byMessage ? [counters, at, new Map()] : [counters, at]);
    const calls = Array.from({ length: 9 }, (_, at) => pool.run("count", args(at)));
    const ends = Promise.allSettled(calls);
    await new Promise((done) => setTimeout(done, 20));
    await held.open();
    const codes = (await within(5_000, "calls", ends)).map((end) =>
      end.status === "fulfilled" ? "ran" : codeOf(end.reason),
    );
    assert.deepEqual(codes, [...Array<string>(5).fill("ran"), ...Array<string>(4).fill("QUEUE_FULL")]);
    assert.deepEqual([...new Int32Array(counters).slice(0, 9)], [1, 1, 1, 1, 1, 0, 0, 0, 0]);
    assert.equal(pool.pool.engine.tally.refused, 4);
  });
}

test('"reject" counts calls with a signal like all others, and refused ones leave no listener', async () => {
  await using pool = watched({ threads: 1, queue: { capacity: 2, onFull: "reject" } });
  const held = await hold(pool, 1);
  const before = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const signals = Array.from({ length: 6 }, () => new AbortController().signal);
  const ends = Promise.allSettled(
    signals.map((signal) => pool.run("add", [1, 1], { signal, timeout: 100_000 })),
  );
  const after = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  assert.equal(after - before, 2, "timers of the two that wait");
  await held.open();
  const codes = (await ends).map((end) => (end.status === "fulfilled" ? end.value : codeOf(end.reason)));
  assert.deepEqual(codes, [2, 2, "QUEUE_FULL", "QUEUE_FULL", "QUEUE_FULL", "QUEUE_FULL"]);
});

test("capacity 0: what a free worker can take is taken, all else is refused", async () => {
  await using pool = watched({ threads: 1, queue: { capacity: 0, onFull: "reject" } });
  assert.equal(await pool.run("add", [1, 1]), 2);
  const running = pool.run("sleep", [30]);
  await assert.rejects(pool.run("add", [1, 1]), { code: "QUEUE_FULL", capacity: 0 });
  await running;
  assert.equal(await pool.run("add", [1, 1]), 2);
});

test("room that a cancelled call leaves is used by the next", async () => {
  await using pool = watched({ threads: 1, queue: { capacity: 1, onFull: "reject" } });
  const held = await hold(pool, 1);
  const controller = new AbortController();
  const cancelled = pool.run("add", [1, 1], { signal: controller.signal });
  await assert.rejects(pool.run("add", [1, 1]), { code: "QUEUE_FULL" });
  controller.abort();
  await assert.rejects(cancelled, { code: "CANCELLED" });
  const next = pool.run("add", [2, 2]);
  await held.open();
  assert.equal(await next, 4);
});

test('"wait": calls beyond capacity wait and all run, in order', async () => {
  await using pool = watched({ threads: 1, queue: { capacity: 2, onFull: "wait" } });
  const held = await hold(pool, 1);
  const order: number[] = [];
  const calls = Array.from({ length: 50 }, (_, at) => pool.run("add", [at, 0]).then(() => order.push(at)));
  assert.equal(order.length, 0);
  await held.open();
  await within(5_000, "calls", Promise.all(calls));
  assert.deepEqual(
    order,
    order.map((_, at) => at),
  );
});

test("arguments are read when the call is made, whichever way they take", async () => {
  await using pool = watched({ threads: 1 });
  const held = await hold(pool, 1);
  const small = { n: 1 };
  const map = new Map([["n", 1]]);
  const list = [small];
  const calls = [pool.run("echo", [small]), pool.run("echo", [map]), pool.run("echo", [list])];
  // Beyond the cells as well.
  const many = Array.from({ length: 5_000 }, (_, at) => {
    const value = { at };
    const call = pool.run("echo", [value]);
    value.at = -1;
    return call;
  });
  small.n = 2;
  map.set("n", 2);
  list.push(small);
  await held.open();
  assert.deepEqual(await Promise.all(calls), [{ n: 1 }, new Map([["n", 1]]), [{ n: 1 }]]);
  assert.deepEqual(
    await within(10_000, "calls", Promise.all(many)),
    many.map((_, at) => ({ at })),
  );
});

test("what is transferred leaves the caller at once, also when the call has to wait", async () => {
  await using pool = watched({ threads: 1 });
  const held = await hold(pool, 1);
  const bytes = new Uint8Array(1_000).fill(3);
  const { port1, port2 } = new MessageChannel();
  const calls = [
    pool.run("bytesOf", [bytes], { transfer: [bytes.buffer] }),
    pool.run("bytesOf", [{ port: port2, size: 1 }], { transfer: [port2 as never] }),
  ];
  assert.equal(bytes.byteLength, 0);
  await held.open();
  assert.deepEqual(await within(5_000, "calls", Promise.all(calls)), [1_000, -1]);
  port1.close();
});

test("a result can be moved to the caller", async () => {
  await using pool = watched({ threads: 1 });
  const value = (await pool.run("moved", [100_000])) as Uint8Array;
  assert.equal(value.length, 100_000);
  assert.equal(value[99_999], 7);
});

test("messages of calls that were cancelled before they began do not mix up the next", async () => {
  await using pool = watched({ threads: 2 });
  const ends: Promise<unknown>[] = [];
  for (let at = 0; at < 500; at++) {
    const controller = new AbortController();
    const call = pool.run("echo", [new Map([[at, at]])], { signal: controller.signal });
    if (at % 3 === 0) controller.abort();
    ends.push(
      call.then(
        (value) => assert.deepEqual(value, new Map([[at, at]])),
        (error: unknown) => assert.equal(codeOf(error), "CANCELLED"),
      ),
    );
    if (at % 10 === 0) await new Promise((done) => setImmediate(done));
  }
  await within(10_000, "calls", Promise.all(ends));
});
