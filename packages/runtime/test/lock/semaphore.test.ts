import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { Semaphore } from "../../src/lock/index.js";
import { prometheus } from "../../src/metrics/index.js";

test("at most so many permits are held at once", async () => {
  const semaphore = new Semaphore(3);
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      using _permit = await semaphore.acquire();
      inside += 1;
      most = Math.max(most, inside);
      await turn();
      inside -= 1;
    }),
  );
  assert.equal(most, 3);
  assert.equal(semaphore.stats().held, 0);
});

test("who wants many permits is not overtaken by those who want few", async () => {
  const semaphore = new Semaphore(3);
  const one = await semaphore.acquire();
  const all = semaphore.acquire({ weight: 3 });
  const few = semaphore.acquire();
  assert.equal(semaphore.tryAcquire(), undefined);
  one.release();
  const guard = await all;
  assert.equal(semaphore.stats().held, 3);
  guard.release();
  (await few).release();
});

test("permits of a big waiter that gives up go to those behind it", async () => {
  const semaphore = new Semaphore(2);
  const one = await semaphore.acquire();
  const big = semaphore.acquire({ weight: 2, timeout: 5 });
  const small = semaphore.acquire();
  await assert.rejects(big, { code: "TIMEOUT" });
  (await small).release();
  one.release();
});

test("a weight that can never be had, or is none, is refused at once", async () => {
  const semaphore = new Semaphore(2);
  for (const weight of [0, 3, 1.5, -1, Number.NaN]) {
    await assert.rejects(semaphore.acquire({ weight }), { code: "BAD_OPTION" });
    assert.throws(() => semaphore.tryAcquire({ weight }), { code: "BAD_OPTION" });
  }
  for (const permits of [0, -1, 1.5, Number.POSITIVE_INFINITY, 2 ** 30]) {
    assert.throws(() => new Semaphore(permits), { code: "BAD_OPTION" });
  }
});

test("events tell of the wait, the acquire and the release", async () => {
  const seen: unknown[] = [];
  const hear = (message: unknown, name: string | symbol) => seen.push([name, message]);
  const names = ["heddle:lock:wait", "heddle:lock:acquire", "heddle:lock:release"];
  for (const name of names) subscribe(name, hear);
  const semaphore = new Semaphore(1, { name: "door" });
  const first = await semaphore.acquire();
  const second = semaphore.acquire();
  await turn();
  first.release();
  (await second).release();
  for (const name of names) unsubscribe(name, hear);
  const [acquire, wait, again, release] = seen as [string, { [key: string]: unknown }][];
  assert.deepEqual(acquire, ["heddle:lock:acquire", { lock: "door", kind: "semaphore", waitedMs: 0 }]);
  assert.deepEqual(wait, ["heddle:lock:wait", { lock: "door", kind: "semaphore", waiting: 1 }]);
  const events = [again, release].map((one) => one?.[0]).sort();
  assert.deepEqual(events, ["heddle:lock:acquire", "heddle:lock:release"]);
  const waited = [again, release].find((one) => one?.[0] === "heddle:lock:acquire");
  assert.ok(Number(waited?.[1]["waitedMs"]) > 0);
});

test("a lock with a name is in the metrics, with the times of its waits", async () => {
  const semaphore = new Semaphore(2, { name: "connections" });
  const guards = [await semaphore.acquire({ weight: 2 })];
  const next = semaphore.acquire();
  const text = prometheus();
  assert.match(text, /heddle_lock_held\{lock="connections"\} 2/);
  assert.match(text, /heddle_lock_waiting\{lock="connections"\} 1/);
  for (const guard of guards) guard.release();
  (await next).release();
  assert.equal(semaphore.stats().wait?.count, 1);
  assert.match(prometheus(), /heddle_lock_wait_seconds_count\{lock="connections"\} 1/);
});
