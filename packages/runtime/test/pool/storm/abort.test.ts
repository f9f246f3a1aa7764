import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { assertSettledOnce, codeOf, random, until, type Watched, watched, within } from "./support.js";

async function stillWorks(pool: Watched): Promise<void> {
  const sums = await within(
    10_000,
    "1,000 tasks afterwards",
    Promise.all(Array.from({ length: 1_000 }, (_, index) => pool.run("add", [index, 1]))),
  );
  assert.deepEqual(
    sums,
    sums.map((_, index) => index + 1),
  );
}

test("1,000 aborts of queued and running tasks: survivors are unharmed, no worker is lost", async () => {
  await using pool = watched({ threads: 2, grace: 5_000 });
  const next = random(21);
  const cancelled: Promise<unknown>[] = [];
  const survivors: Promise<unknown>[] = [];
  const controllers: AbortController[] = [];
  for (let at = 0; at < 1_500; at++) {
    if (at % 3 === 0) {
      survivors.push(pool.run("add", [at, 1]));
      continue;
    }
    const controller = new AbortController();
    controllers.push(controller);
    const kind = next();
    const { signal } = controller;
    const name = kind < 0.02 ? "pollSignal" : kind < 0.3 ? "echo" : "spin";
    const call = pool.run(name, name === "echo" ? [new Map([[at, at]])] : [0], { signal });
    call.catch(() => undefined);
    cancelled.push(call);
    if (next() < 0.3) await new Promise((done) => setImmediate(done));
    if (next() < 0.2) controller.abort("early");
  }
  const ends = Promise.allSettled(cancelled);
  for (const controller of controllers) {
    controller.abort("no longer needed");
    if (next() < 0.1) await new Promise((done) => setImmediate(done));
  }
  for (const end of await within(20_000, "cancelled calls", ends)) {
    if (end.status === "rejected") assert.equal(codeOf(end.reason), "CANCELLED");
  }
  assert.deepEqual(
    await within(20_000, "survivors", Promise.all(survivors)),
    survivors.map((_, index) => index * 3 + 1),
  );
  for (const { signal } of controllers) assert.equal(getEventListeners(signal, "abort").length, 0);
  assertSettledOnce(pool);
  await stillWorks(pool);
  assert.equal(pool.starts, 2, "cooperative tasks cost no worker");
});

test("tasks that ignore the abort lose their worker; nobody else loses anything", async () => {
  await using pool = watched({ threads: 2, grace: 20 });
  const next = random(22);
  const survivors: Promise<unknown>[] = [];
  const cancelled: Promise<unknown>[] = [];
  for (let round = 0; round < 25; round++) {
    const controller = new AbortController();
    const name = next() < 0.5 ? "hang" : "waitForever";
    cancelled.push(pool.run(name, [], { signal: controller.signal }));
    for (let at = 0; at < 10; at++) survivors.push(pool.run("echo", [`${round} ${at}`]));
    setTimeout(() => controller.abort(), next() * 20);
  }
  for (const end of await within(30_000, "cancelled calls", Promise.allSettled(cancelled))) {
    assert.equal(end.status === "rejected" && codeOf(end.reason), "CANCELLED");
  }
  assert.deepEqual(
    await within(30_000, "survivors", Promise.all(survivors)),
    survivors.map((_, at) => `${Math.floor(at / 10)} ${at % 10}`),
  );
  assertSettledOnce(pool);
  await until(() => pool.pool.engine.occupied === 0, "the end of the last zombie");
  await stillWorks(pool);
});

test("a task that ends just when grace is over takes no neighbour with it", async () => {
  await using pool = watched({ threads: 2, grace: 10 });
  await Promise.all([pool.run("add", [1, 1]), pool.run("add", [1, 1])]);
  const survivors: Promise<unknown>[] = [];
  for (let round = 0; round < 60; round++) {
    const controller = new AbortController();
    const cancelled = pool.run("spin", [10 + (round % 5) / 4], { signal: controller.signal });
    for (let at = 0; at < 4; at++) survivors.push(pool.run("spin", [2]));
    setTimeout(() => controller.abort(), 0);
    await cancelled.catch(() => undefined);
    await new Promise((done) => setTimeout(done, 12));
  }
  for (const end of await within(30_000, "survivors", Promise.allSettled(survivors))) {
    assert.equal(end.status, "fulfilled", end.status === "rejected" ? String(end.reason) : "");
  }
  assertSettledOnce(pool);
});

test("a task that ended while the host was busy past grace costs neither its worker nor its neighbour", async () => {
  await using pool = watched({ threads: 1, grace: 20 });
  await pool.run("add", [1, 1]);
  const controller = new AbortController();
  const cancelled = pool.run("spin", [60], { signal: controller.signal });
  cancelled.catch(() => undefined);
  const neighbour = pool.run("spin", [200]);
  await new Promise((done) => setTimeout(done, 20));
  controller.abort();
  const end = performance.now() + 120;
  while (performance.now() < end);
  assert.equal(await within(5_000, "the neighbour", neighbour), 200);
  assert.equal(pool.starts, 1);
});

test("100,000 calls with a signal and a timeout leave no listener and no timer", async () => {
  await using pool = watched({ threads: 2 });
  const { signal } = new AbortController();
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  await pool.run("add", [1, 1]);
  const before = timers();
  for (let round = 0; round < 50; round++) {
    await Promise.all(
      Array.from({ length: 2_000 }, () => pool.run("add", [1, 1], { signal, timeout: 60_000 })),
    );
  }
  assert.equal(getEventListeners(signal, "abort").length, 0);
  assert.ok(timers() <= before, `${timers()} timers, ${before} before`);
});
