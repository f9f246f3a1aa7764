import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { assertSettledOnce, codeOf, random, until, type Watched, watched, within } from "./support.js";

const ALLOWED = new Set(["CANCELLED", "TIMEOUT", "WORKER_DIED"]);

function one(pool: Watched, next: () => number, signal: AbortSignal, at: number): Promise<unknown> {
  const kind = next();
  const options = {
    signal,
    priority: Math.floor(next() * 5) - 2,
    ...(next() < 0.3 ? { timeout: 1 + next() * 50 } : {}),
  };
  if (kind < 0.03) return pool.run("exit", [4], options);
  if (kind < 0.06) return pool.run("hang", [], options);
  if (kind < 0.1) return pool.run("pollSignal", [], options);
  if (kind < 0.15) return pool.run("sleep", [next() * 10], options);
  if (kind < 0.35) return pool.run("echo", [new Map([[at, "m"]])], options);
  if (kind < 0.4) {
    const bytes = new Uint8Array(64);
    return pool.run("echo", [bytes], { ...options, transfer: [bytes.buffer] });
  }
  if (kind < 0.6) return pool.run("spin", [next()], options);
  return pool.run("add", [at, 1], options);
}

for (const seed of [31, 32, 33, 34]) {
  test(`crashes, aborts, timeouts and priorities at once (seed ${seed}): every call settles once`, async () => {
    await using pool = watched({ threads: 3, grace: 15 });
    const next = random(seed);
    const ends: Promise<unknown>[] = [];
    const signals: AbortSignal[] = [];
    for (let at = 0; at < 600; at++) {
      const controller = new AbortController();
      signals.push(controller.signal);
      const call = one(pool, next, controller.signal, at);
      ends.push(
        call.then(
          () => "value",
          (error: unknown) => codeOf(error),
        ),
      );
      const moment = next();
      if (moment < 0.1) controller.abort();
      else if (moment < 0.2) queueMicrotask(() => controller.abort());
      else setTimeout(() => controller.abort(), next() * 120);
      if (next() < 0.2) await new Promise((done) => setTimeout(done, next() * 3));
    }
    for (const end of await within(30_000, "all calls", Promise.all(ends))) {
      assert.ok(end === "value" || ALLOWED.has(String(end)), String(end));
    }
    assertSettledOnce(pool);
    for (const signal of signals) assert.equal(getEventListeners(signal, "abort").length, 0);
    await until(() => pool.pool.engine.occupied === 0, "the end of the last cancelled task");
    const sums = await within(
      10_000,
      "the pool afterwards",
      Promise.all(Array.from({ length: 500 }, (_, index) => pool.run("add", [index, index]))),
    );
    assert.deepEqual(
      sums,
      sums.map((_, index) => index * 2),
    );
  });
}

test("terminate in the middle of a storm rejects what is pending with ClosedError and resolves", async () => {
  const next = random(41);
  for (let round = 0; round < 8; round++) {
    const pool = watched({ threads: 2, grace: 20 });
    const ends = Array.from({ length: 60 }, (_, at) => {
      const call = one(pool, next, new AbortController().signal, at);
      return call.then(
        () => "value",
        (error: unknown) => codeOf(error),
      );
    });
    await new Promise((done) => setTimeout(done, next() * 80));
    const closing = next() < 0.5 ? pool.pool.close() : undefined;
    await within(5_000, "terminate", pool.pool.terminate());
    await within(5_000, "close", Promise.resolve(closing));
    for (const end of await within(1_000, "calls", Promise.all(ends))) {
      assert.ok(end === "value" || end === "CLOSED" || ALLOWED.has(String(end)), String(end));
    }
    assertSettledOnce(pool);
    assert.equal(pool.pool.engine.crew.list().length, 0);
  }
});
