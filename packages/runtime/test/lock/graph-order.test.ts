import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { configure } from "../../src/group/config.js";
import { group } from "../../src/group/group.js";
import { sleep } from "../../src/group/sleep.js";
import { type LockGuard, Mutex, RwLock } from "../../src/lock/index.js";
import { leaks } from "../../src/metrics/index.js";
import { reportsOf } from "./reports-of.js";

beforeEach(() => configure({ reports: "on" }));

async function takeBoth(first: { acquire(): Promise<LockGuard> }, second: { acquire(): Promise<LockGuard> }) {
  using _a = await first.acquire();
  await sleep(5);
  using _b = await second.acquire();
}

test("an acquire with a timeout of its own is no deadlock: its caller has a plan", async () => {
  const a = new Mutex();
  const b = new Mutex();
  const reports = await reportsOf((g) => {
    g.spawn(async () => {
      using _a = await a.acquire();
      await sleep(5);
      await assert.rejects(b.acquire({ timeout: 700 }), { code: "TIMEOUT" });
    });
    g.spawn(() => takeBoth(b, a));
  });
  assert.deepEqual(reports, []);
});

test("a guard that was handed to a callback can still be released", async () => {
  const mutex = new Mutex();
  const reports = await reportsOf(async (g) => {
    await g.spawn(async () => {
      const guard = await mutex.acquire();
      setTimeout(() => guard.release(), 700);
    });
    (await mutex.acquire()).release();
  });
  assert.deepEqual(reports, []);
});

test("lock-order inversion is reported before it deadlocks, once, with both ways", async () => {
  const a = new Mutex({ name: "north" });
  const b = new Mutex({ name: "south" });
  const reports = await reportsOf(async (g) => {
    for (let i = 0; i < 3; i++) {
      await g.spawn(() => takeBoth(a, b), { name: "there" });
      await g.spawn(() => takeBoth(b, a), { name: "back" });
    }
  });
  assert.deepEqual(
    reports.map(({ kind }) => kind),
    ["lock-order"],
  );
  assert.match(reports[0]?.message ?? "", /task "there" acquired mutex "south" while it held mutex "north"/);
  assert.match(reports[0]?.message ?? "", /task "back" acquired mutex "north" while it held mutex "south"/);
  assert.equal(reports[0]?.stacks.length, 4);
});

test("locks made per request at one line each are two classes: their inversion is seen though no lock comes twice", async () => {
  const request = () => ({ head: new Mutex(), body: new Mutex() });
  const reports = await reportsOf(async (g) => {
    const one = request();
    await g.spawn(() => takeBoth(one.head, one.body));
    const two = request();
    await g.spawn(() => takeBoth(two.body, two.head));
  });
  assert.deepEqual(
    reports.map(({ kind }) => kind),
    ["lock-order"],
  );
});

test("locks of one class in the order of their numbers are no inversion, in a circle they are", async () => {
  const accounts = Array.from({ length: 4 }, () => new Mutex());
  const pairs = (list: [number, number][]) =>
    reportsOf(async (g) => {
      for (const [x, y] of list)
        await g.spawn(() => takeBoth(accounts[x] ?? new Mutex(), accounts[y] ?? new Mutex()));
    });
  const sorted = await pairs([
    [0, 1],
    [1, 2],
    [0, 2],
    [2, 3],
  ]);
  assert.deepEqual(sorted, []);
  const [report] = await pairs([[3, 0]]);
  assert.equal(report?.kind, "lock-order");
  assert.ok((report?.edges?.length ?? 0) >= 3);
});

test("no inversion: under one gate lock, between readers, by a try or with a timeout", async () => {
  const gate = new Mutex({ name: "gate" });
  const x = new Mutex({ name: "x" });
  const y = new Mutex({ name: "y" });
  const r = new RwLock({ name: "r" });
  const s = new RwLock({ name: "s" });
  const reports = await reportsOf(async (g) => {
    const under = async (first: Mutex, second: Mutex) => {
      using _gate = await gate.acquire();
      await takeBoth(first, second);
    };
    await g.spawn(() => under(x, y));
    await g.spawn(() => under(y, x));
    const reading = (lock: RwLock) => ({ acquire: () => lock.read() });
    await g.spawn(() => takeBoth(reading(r), reading(s)));
    await g.spawn(() => takeBoth(reading(s), reading(r)));
    const p = new Mutex({ name: "p" });
    const q = new Mutex({ name: "q" });
    await g.spawn(() => takeBoth(p, q));
    await g.spawn(async () => {
      using _q = await q.acquire();
      p.tryAcquire()?.release();
      (await p.acquire({ timeout: 50 })).release();
    });
  });
  assert.deepEqual(reports, []);
  // Once one of the two ways is seen without the gate, it protects no longer.
  const [inversion] = await reportsOf((g) => g.spawn(() => takeBoth(y, x)));
  assert.equal(inversion?.kind, "lock-order");
});

test("waits are listed by leaks() with the line that waits, until they end", async () => {
  const mutex = new Mutex({ name: "kept" });
  const guard = await mutex.acquire();
  await group(async (g) => {
    const task = g.spawn(async () => (await mutex.acquire()).release());
    const found = leaks().filter(({ kind, name }) => kind === "waiter" && name === 'acquire of mutex "kept"');
    assert.equal(found.length, 1);
    assert.match(found[0]?.stack ?? "", /graph-order\.test/);
    guard.release();
    await task;
  });
  assert.deepEqual(
    leaks().filter(({ kind }) => kind === "waiter"),
    [],
  );
});

test("switched off, nothing is reported and nothing is kept", async () => {
  configure({ reports: "off" });
  const a = new Mutex();
  const b = new Mutex();
  const reports = await reportsOf((g) => {
    g.spawn(() => takeBoth(a, b));
    g.spawn(() => takeBoth(b, a));
  }, 500);
  assert.deepEqual(reports, []);
});
