import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { channel } from "../../src/channel/channel.js";
import { configure, onReport, type Report } from "../../src/group/config.js";
import { group } from "../../src/group/group.js";
import { sleep } from "../../src/group/sleep.js";
import { type LockGuard, Mutex, RwLock, Semaphore } from "../../src/lock/index.js";
import { reportsOf } from "./reports-of.js";

beforeEach(() => configure({ reports: "on" }));

const deadlocks = (reports: readonly Report[]) => reports.filter(({ kind }) => kind === "deadlock");

async function takeBoth(first: { acquire(): Promise<LockGuard> }, second: { acquire(): Promise<LockGuard> }) {
  using _a = await first.acquire();
  await sleep(5);
  using _b = await second.acquire();
}

test("two tasks that take two locks crosswise are reported once, with every edge and both stacks", async () => {
  const a = new Mutex({ name: "accounts" });
  const b = new Mutex({ name: "books" });
  const began = performance.now();
  const reports = await reportsOf((g) => {
    g.spawn(() => takeBoth(a, b), { name: "pay" });
    g.spawn(() => takeBoth(b, a), { name: "audit" });
  });
  assert.ok(performance.now() - began < 1_000);
  const [report, ...more] = deadlocks(reports);
  assert.deepEqual(more, []);
  assert.ok(report);
  const edges = [...(report.edges ?? [])].sort((x, y) => x.waitsFor.localeCompare(y.waitsFor));
  assert.deepEqual(
    edges.map(({ waitsFor }) => waitsFor),
    ['mutex "accounts"', 'mutex "books"'],
  );
  assert.match(edges[0]?.waiter ?? "", /task "audit" of group/);
  assert.match(edges[0]?.heldBy ?? "", /task "pay" of group/);
  for (const edge of edges) {
    assert.match(edge.waiterStack ?? "", /takeBoth.*graph\.test/);
    assert.match(edge.holderStack ?? "", /takeBoth.*graph\.test/);
  }
  assert.match(report.message, /2 tasks wait for each other/);
  assert.equal(report.stacks.length, 4);
  assert.equal(reports.filter(({ kind }) => kind === "lock-order").length, 1);
});

test("dining philosophers are caught, whoever only waits for them is not told of", async () => {
  const forks = Array.from({ length: 5 }, (_, i) => new Mutex({ name: `fork ${i}` }));
  const [report, ...more] = deadlocks(
    await reportsOf((g) => {
      forks.forEach((fork, i) => {
        g.spawn(() => takeBoth(fork, forks[(i + 1) % 5] ?? fork), { name: `philosopher ${i}` });
      });
      g.spawn(() => forks[0]?.acquire(), { name: "guest" });
    }),
  );
  assert.equal(report?.edges?.length, 5);
  assert.doesNotMatch(report?.message ?? "", /guest/);
  assert.deepEqual(more, []);
});

test("a reader that asks again behind a waiting writer is caught", async () => {
  const lock = new RwLock({ name: "config" });
  const [report] = deadlocks(
    await reportsOf((g) => {
      g.spawn(
        async () => {
          using _outer = await lock.read();
          await sleep(10);
          using _inner = await lock.read();
        },
        { name: "reader" },
      );
      g.spawn(async () => void (await lock.write()), { name: "writer" });
    }),
  );
  assert.match(report?.message ?? "", /task "reader".*rwlock "config"/);
  assert.match(report?.message ?? "", /task "writer".*rwlock "config"/);
});

test("a semaphore whose permits are all held by those who wait for more is caught", async () => {
  const semaphore = new Semaphore(3, { name: "buffers" });
  const [report] = deadlocks(
    await reportsOf((g) => {
      for (const name of ["a", "b", "c"]) g.spawn(() => takeBoth(semaphore, semaphore), { name });
    }),
  );
  assert.match(report?.message ?? "", /semaphore "buffers"/);
});

test("permits that somebody can still give back are no deadlock", async () => {
  const semaphore = new Semaphore(2);
  const reports = await reportsOf((g) => {
    g.spawn(() => takeBoth(semaphore, semaphore));
    g.spawn(async () => {
      using _permit = await semaphore.acquire();
      await sleep(750);
    });
  });
  assert.deepEqual(deadlocks(reports), []);
});

test("a task that joins who waits for its lock is caught", async () => {
  const mutex = new Mutex({ name: "m" });
  const [report] = deadlocks(
    await reportsOf(async (g) => {
      const parent = g.spawn(
        async () => {
          using _guard = await mutex.acquire();
          await group(async (inner) => {
            inner.spawn(async () => void (await mutex.acquire()), { name: "child" });
          });
        },
        { name: "parent" },
      );
      await parent;
    }),
  );
  assert.match(report?.message ?? "", /task "child".*mutex "m".*task "parent"/);
  assert.match(report?.message ?? "", /task "parent".*the tasks of group/);
});

test("two tasks that await each other are caught", async () => {
  let hear = (_report: Report) => {};
  const heard = new Promise<Report>((resolve) => {
    hear = resolve;
  });
  const stop = onReport(hear);
  const hold = setTimeout(() => {}, 2_000);
  // Never awaited: not even cancelling could end what waits for itself.
  void group((g) => {
    const a: PromiseLike<void> = g.spawn(
      async () => {
        await sleep(1);
        await b;
      },
      { name: "a" },
    );
    const b: PromiseLike<void> = g.spawn(async () => await a, { name: "b" });
  });
  const { message } = await heard;
  stop();
  clearTimeout(hold);
  assert.match(message, /the end of task "a"/);
  assert.match(message, /the end of task "b"/);
});

test("a circle through a channel and a lock is caught, once the channel's users are known", async () => {
  const mutex = new Mutex({ name: "m" });
  const items = channel<number>(0, { name: "items" });
  const [report] = deadlocks(
    await reportsOf((g) => {
      g.spawn(
        async () => {
          await items.send(1);
          using _guard = await mutex.acquire();
          await items.send(2);
        },
        { name: "producer" },
      );
      g.spawn(
        async () => {
          await items.receive();
          await sleep(10);
          using _guard = await mutex.acquire();
          await items.receive();
        },
        { name: "consumer" },
      );
    }),
  );
  assert.match(report?.message ?? "", /task "producer".*channel "items".*task "consumer"/);
  assert.match(report?.message ?? "", /task "consumer".*mutex "m".*task "producer"/);
});

test("a callback that will send counts as somebody who can", async () => {
  const items = channel<number>(0);
  const reports = await reportsOf(async () => {
    const timer = setInterval(() => items.trySend(1), 600);
    await items.receive();
    clearInterval(timer);
  });
  assert.deepEqual(reports, []);
});

test("a task that only listens to another one's end goes on, and counts as somebody who can", async () => {
  const mutex = new Mutex();
  const reports = await reportsOf(async (g) => {
    await g.spawn(async () => {
      using _guard = await mutex.acquire();
      const child = g.spawn(async () => (await mutex.acquire()).release());
      void child.then(() => {});
      await new Promise((resolve) => setTimeout(resolve, 700));
    });
  });
  assert.deepEqual(reports, []);
});

test("a task that awaits several at once, one of whom waits for its lock, is caught", async () => {
  const mutex = new Mutex({ name: "m" });
  const [report] = deadlocks(
    await reportsOf(async (g) => {
      await g.spawn(
        async () => {
          using _guard = await mutex.acquire();
          const child = g.spawn(async () => (await mutex.acquire()).release(), { name: "child" });
          await Promise.all([child, sleep(1)]);
        },
        { name: "parent" },
      );
    }),
  );
  assert.match(report?.message ?? "", /task "parent".*the end of task "child"/);
});
