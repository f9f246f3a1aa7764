import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { isHeddleError } from "../../src/error/base.js";
import { configure, onReport } from "../../src/group/config.js";
import { group, timeout } from "../../src/group/group.js";
import { sleep } from "../../src/group/sleep.js";
import { type LockGuard, Mutex } from "../../src/lock/index.js";

test("one holder at a time, in the order in which they asked", async () => {
  const mutex = new Mutex();
  const order: number[] = [];
  let inside = 0;
  await Promise.all(
    Array.from({ length: 50 }, async (_, i) => {
      using _guard = await mutex.acquire();
      inside += 1;
      assert.equal(inside, 1);
      order.push(i);
      await turn();
      inside -= 1;
    }),
  );
  assert.deepEqual(
    order,
    Array.from({ length: 50 }, (_, i) => i),
  );
  assert.deepEqual(
    { ...mutex.stats() },
    { name: mutex.name, held: 0, waiting: 0, acquired: 50, contended: 49 },
  );
});

test("nobody overtakes: a free lock that is promised to a waiter is not taken by who comes later", async () => {
  const mutex = new Mutex();
  const first = await mutex.acquire();
  const second = mutex.acquire();
  first.release();
  assert.equal(mutex.tryAcquire(), undefined);
  const third = mutex.acquire();
  (await second).release();
  (await third).release();
  assert.equal(mutex.stats().held, 0);
});

test("releasing twice releases once", async () => {
  const mutex = new Mutex();
  const guard = await mutex.acquire();
  assert.equal(guard.held, true);
  guard.release();
  guard[Symbol.dispose]();
  assert.equal(guard.held, false);
  const next = await mutex.acquire();
  guard.release();
  assert.equal(mutex.tryAcquire(), undefined);
  next.release();
});

test("tryAcquire takes a free lock and gives undefined for one that is held", () => {
  const mutex = new Mutex();
  const guard = mutex.tryAcquire();
  assert.ok(guard);
  assert.equal(mutex.tryAcquire(), undefined);
  guard.release();
});

test("a wait that times out leaves the queue at once and the next one gets the lock", async () => {
  const mutex = new Mutex({ name: "till" });
  const guard = await mutex.acquire();
  const late = mutex.acquire({ timeout: 5 });
  const patient = mutex.acquire();
  await assert.rejects(
    late,
    (error: Error) => isHeddleError(error, "TIMEOUT") && error.message.includes('mutex "till"'),
  );
  assert.equal(mutex.stats().waiting, 1);
  guard.release();
  (await patient).release();
});

test("a timeout of 0 takes what is free and rejects where it would wait", async () => {
  const mutex = new Mutex();
  const guard = await mutex.acquire({ timeout: 0 });
  await assert.rejects(mutex.acquire({ timeout: 0 }), { code: "TIMEOUT" });
  guard.release();
});

test("an aborted signal ends the wait with its reason; one that was aborted before takes nothing", async () => {
  const mutex = new Mutex();
  const guard = await mutex.acquire();
  const abort = new AbortController();
  const waiting = mutex.acquire({ signal: abort.signal });
  abort.abort("gone");
  await assert.rejects(waiting, { code: "CANCELLED", reason: "gone" });
  guard.release();
  await assert.rejects(mutex.acquire({ signal: abort.signal }), { code: "CANCELLED" });
  assert.equal(mutex.stats().held, 0);
});

test("a hand-over and a cancel in the same turn give the lock to exactly one", async () => {
  for (const cancelFirst of [true, false]) {
    const mutex = new Mutex();
    const guard = await mutex.acquire();
    const abort = new AbortController();
    const one = mutex.acquire({ signal: abort.signal });
    const two = mutex.acquire();
    if (cancelFirst) abort.abort();
    guard.release();
    abort.abort();
    if (cancelFirst) await assert.rejects(one, { code: "CANCELLED" });
    else (await one).release();
    (await two).release();
    assert.equal(mutex.stats().held, 0);
  }
});

test("a cancelled group gets nothing from a release in the same turn", async () => {
  const mutex = new Mutex();
  const guard = await mutex.acquire();
  let outside: Promise<LockGuard> | undefined;
  await assert.rejects(
    group(async (g) => {
      g.spawn(async () => {
        await mutex.acquire();
        assert.fail("it was cancelled");
      });
      outside = Promise.resolve().then(() => mutex.acquire());
      await turn();
      g.cancel("enough");
      guard.release();
    }),
    { code: "CANCELLED" },
  );
  await assert.rejects(outside ?? assert.fail(), { code: "CANCELLED" });
  assert.equal(mutex.stats().held, 0);
  assert.equal(mutex.stats().waiting, 0);
});

test("acquiring in a cancelled group rejects also when the lock is free", async () => {
  const mutex = new Mutex();
  await assert.rejects(
    group(async (g) => {
      g.cancel();
      assert.throws(() => mutex.tryAcquire(), { code: "CANCELLED" });
      await mutex.acquire();
    }),
    { code: "CANCELLED" },
  );
  assert.equal(mutex.stats().acquired, 0);
});

test("acquiring twice in one task rejects with DeadlockError that has both stacks, and is reported", async () => {
  configure({ reports: "on" });
  const mutex = new Mutex({ name: "till" });
  const kinds: string[] = [];
  const stop = onReport(({ kind }) => kinds.push(kind));
  const error = await group((g) =>
    g.spawn(
      async () => {
        using _first = await acquireOnce(mutex);
        return await acquireAgain(mutex).catch((reason: unknown) => reason);
      },
      { name: "cashier" },
    ),
  );
  stop();
  assert.ok(isHeddleError(error, "DEADLOCK"));
  const [edge] = (error as unknown as { edges: { [key: string]: string }[] }).edges;
  assert.equal(edge?.["waitsFor"], 'mutex "till"');
  assert.equal(edge?.["heldBy"], 'task "cashier"');
  assert.match(edge?.["holderStack"] ?? "", /acquireOnce/);
  assert.match(edge?.["waiterStack"] ?? "", /acquireAgain/);
  assert.match(error.message, /acquireOnce[\s\S]*acquireAgain/);
  assert.deepEqual(kinds, ["deadlock"]);
  assert.equal(mutex.stats().held, 0);
});

function acquireOnce(mutex: Mutex): Promise<LockGuard> {
  return mutex.acquire();
}

function acquireAgain(mutex: Mutex): Promise<LockGuard> {
  return mutex.acquire();
}

test("another task of the same group waits like everybody else", async () => {
  const mutex = new Mutex();
  await group(async (g) => {
    const guard = await mutex.acquire();
    const other = g.spawn(async () => {
      using _guard = await mutex.acquire();
      return "had it";
    });
    await turn();
    guard.release();
    assert.equal(await other, "had it");
  });
});

test("two groups side by side in one task are no double acquire", async () => {
  const mutex = new Mutex();
  await group(async () => {
    const branch = () =>
      timeout(1_000, async () => {
        using _guard = await mutex.acquire();
        await sleep(2);
      });
    await Promise.all([branch(), branch()]);
  });
});

test("a guard that came out of an inner group belongs to the task around it", async () => {
  const mutex = new Mutex();
  await group(async () => {
    using _guard = await timeout(1_000, () => mutex.acquire());
    await assert.rejects(mutex.acquire(), { code: "DEADLOCK" });
  });
});

test("outside every group nobody is the owner: a second acquire waits", async () => {
  const mutex = new Mutex();
  const guard = await mutex.acquire();
  await assert.rejects(mutex.acquire({ timeout: 5 }), { code: "TIMEOUT" });
  guard.release();
});

test("wrong options are named", async () => {
  const mutex = new Mutex();
  await assert.rejects(mutex.acquire({ priority: Number.NaN }), /priority must be a finite number/);
  await assert.rejects(mutex.acquire({ timeout: -1 }), { code: "BAD_OPTION" });
  assert.throws(() => new Mutex({ name: 7 as unknown as string }), { code: "BAD_OPTION" });
  assert.equal(mutex.stats().held, 0);
});
