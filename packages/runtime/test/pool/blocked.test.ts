import assert from "node:assert/strict";
import { test } from "node:test";
import { until, watched, within } from "./storm/support.js";

const now = (): number => Number(process.hrtime.bigint()) / 1e6;

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

for (const how of ["busy", "in Atomics.wait"]) {
  test(`tasks run while the caller's thread is ${how} for a second right after run()`, async () => {
    await using pool = watched({ threads: 2 });
    // Both workers have loaded and sleep.
    await Promise.all([pool.run("spin", [20]), pool.run("spin", [20])]);
    await new Promise((done) => setTimeout(done, 300));
    const times = new SharedArrayBuffer(8 * 100);
    const calls = Array.from({ length: 100 }, (_, index) => pool.run("stamp", [times, index]));
    const began = now();
    if (how === "busy") block(1_000);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
    const stamps = [...new Float64Array(times)].filter((time) => time > 0);
    // SharedArrayBuffers go by message: one call per free worker proceeds, the rest needs the host.
    assert.ok(stamps.length >= 2, `${stamps.length} had run`);
    for (const time of stamps) assert.ok(time - began < 900);
    await within(5_000, "calls", Promise.all(calls));
  });
}

test("small tasks all run while the caller's thread is blocked, not only one per worker", async () => {
  await using pool = watched({ threads: 2 });
  await Promise.all([pool.run("spin", [20]), pool.run("spin", [20])]);
  const calls = Array.from({ length: 400 }, () => pool.run("clock"));
  block(1_000);
  const unblocked = now();
  const stamps = (await within(5_000, "calls", Promise.all(calls))) as number[];
  const during = stamps.filter((time) => time < unblocked - 300);
  assert.equal(during.length, 400, `${during.length} of 400 ran while the host was blocked`);
});

test("by message: a free worker has what it needs when run() returns", async () => {
  await using pool = watched({ threads: 2 });
  await Promise.all([pool.run("spin", [20]), pool.run("spin", [20])]);
  for (let round = 0; round < 5; round++) {
    // A worker whose result is here may need some microseconds more until it is free.
    await new Promise((done) => setTimeout(done, 50));
    const times = new SharedArrayBuffer(8);
    const call = pool.run("stampMap", [
      new Map<string, unknown>([
        ["times", times],
        ["index", 0],
      ]),
    ]);
    block(200);
    assert.ok((new Float64Array(times)[0] ?? 0) > 0, "it ran while the host was blocked");
    await call;
  }
});

const NATIVE: [string, string, unknown[]][] = [
  ["Atomics.wait without a timeout", "waitForever", []],
  ["a child process", "shell", ["sleep 2"]],
  ["pbkdf2", "hash", [1_500_000]],
];

for (const [what, name, args] of NATIVE) {
  test(`a worker blocked in ${what}: its caller is answered at once, the neighbours go on`, async () => {
    await using pool = watched({ threads: 2, grace: 100 });
    await Promise.all([pool.run("spin", [20]), pool.run("spin", [20])]);
    const controller = new AbortController();
    const blocked = pool.run(name, args, { signal: controller.signal });
    blocked.catch(() => undefined);
    await new Promise((done) => setTimeout(done, 50));
    const began = performance.now();
    controller.abort();
    await assert.rejects(blocked, { code: "CANCELLED" });
    assert.ok(performance.now() - began < 1_000, "answered long before the native call returns");
    const neighbours = Array.from({ length: 200 }, (_, index) => pool.run("add", [index, 1]));
    await within(1_500, "neighbours", Promise.all(neighbours));
    await until(() => pool.starts === 3, "a replacement after grace");
    // Two real workers again: two tasks that wait for each other's turn run side by side.
    await within(5_000, "two at a time", Promise.all([pool.run("sleep", [50]), pool.run("sleep", [50])]));
    assert.equal(pool.pool.engine.crew.alive, 2);
    await within(10_000, "close", pool.pool.close());
  });
}

test("promises that a task leaves behind go on at once, not when the worker is needed next", async () => {
  await using pool = watched({ threads: 1 });
  for (let round = 0; round < 5; round++) {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    await pool.run("leaveBehind", [flag.buffer]);
    // A worker without work blocks its thread for 200 ms.
    Atomics.wait(flag, 0, 0, 100);
    assert.equal(flag[0], 1);
  }
});

test("tasks that are microtasks long give the worker's event loop its turns", async () => {
  await using pool = watched({ threads: 1 });
  await pool.run("tick");
  const end = performance.now() + 400;
  while (performance.now() < end) {
    await Promise.all(Array.from({ length: 500 }, (_, at) => pool.run("soon", [at])));
  }
  const ticks = (await pool.run("ticked")) as number;
  assert.ok(ticks > 5, `${ticks} ticks of a 1 ms timer in 400 ms`);
});
