import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { group } from "../../src/group/group.js";
import { Mutex, RwLock, Semaphore, SharedMutex } from "../../src/lock/index.js";

interface Thread {
  readonly worker: Worker;
  /** Resolves when the thread has done it. */
  ask(name: string, count?: number): Promise<void>;
}

function locks() {
  return {
    mutex: Mutex.shared({ name: "m" }),
    rwlock: RwLock.shared(),
    semaphore: Semaphore.shared(3),
    counter: new Int32Array(new SharedArrayBuffer(4)),
  };
}

async function thread(
  t: { after(fn: () => unknown): void },
  workerData: ReturnType<typeof locks>,
): Promise<Thread> {
  const worker = new Worker(new URL("./shared-worker.js", import.meta.url), { workerData });
  t.after(() => worker.terminate());
  await once(worker, "message");
  return {
    worker,
    async ask(name, count = 1) {
      const done = once(worker, "message");
      worker.postMessage({ name, count });
      await done;
    },
  };
}

test("threads that count under a shared mutex lose nothing", async (t) => {
  const shared = locks();
  const threads = await Promise.all([thread(t, shared), thread(t, shared), thread(t, shared)]);
  const own = async () => {
    for (let i = 0; i < 200; i++) {
      using _guard = await shared.mutex.acquire();
      shared.counter[0] = (shared.counter[0] ?? 0) + 1;
    }
  };
  await Promise.all([...threads.map((one) => one.ask("count", 200)), own()]);
  assert.equal(shared.counter[0], 800);
  assert.equal(shared.mutex.stats().held, 0);
});

test("what waits in several threads is served in the order in which it came", async (t) => {
  const shared = locks();
  const [a, b] = await Promise.all([thread(t, shared), thread(t, shared)]);
  const guard = await shared.mutex.acquire();
  const order: string[] = [];
  const first = a.ask("acquire").then(() => order.push("a"));
  await until(() => shared.mutex.stats().waiting === 1);
  const mine = shared.mutex.acquire().then((own) => {
    order.push("main");
    return own;
  });
  const last = b.ask("acquire").then(() => order.push("b"));
  await until(() => shared.mutex.stats().waiting === 3);
  guard.release();
  await first;
  await a.ask("release");
  (await mine).release();
  await last;
  assert.deepEqual(order, ["a", "main", "b"]);
  await b.ask("release");
});

async function until(done: () => boolean): Promise<void> {
  for (let i = 0; i < 2_000 && !done(); i++) await delay(2);
  assert.ok(done(), "it did not come about");
}

test("a wait in a thread times out, is cancelled, and leaves its place to the next", async (t) => {
  const shared = locks();
  const one = await thread(t, shared);
  const guard = await shared.mutex.acquire();
  await one.ask("timeout");
  assert.equal(shared.mutex.stats().waiting, 0);
  await assert.rejects(shared.mutex.acquire({ timeout: 5 }), { code: "TIMEOUT" });
  await assert.rejects(
    group(async (g) => {
      g.spawn(() => shared.mutex.acquire());
      g.cancel("no more");
    }),
    { code: "CANCELLED" },
  );
  assert.equal(shared.mutex.stats().waiting, 0);
  const next = one.ask("acquire");
  guard.release();
  await next;
  await one.ask("release");
});

for (const how of ["terminate", "exit"]) {
  test(`a thread that ends while it holds the mutex (${how}): waiters get OwnerDiedError, then the lock works again`, async (t) => {
    const shared = locks();
    const [victim, other] = await Promise.all([thread(t, shared), thread(t, shared)]);
    await victim.ask("acquire");
    const waiting = shared.mutex.acquire();
    const alsoWaiting = other.ask("timeout");
    const rejected = assert.rejects(waiting, (error: { code?: string; message?: string }) => {
      assert.equal(error.code, "OWNER_DIED");
      assert.match(error.message ?? "", /shared mutex "m"/);
      return true;
    });
    await until(() => shared.mutex.stats().waiting >= 1);
    if (how === "terminate") await victim.worker.terminate();
    else victim.worker.postMessage({ name: "exit" });
    await rejected;
    await alsoWaiting;
    (await shared.mutex.acquire()).release();
    await other.ask("acquire");
    await other.ask("release");
  });
}

test("an owner's death that nobody waited for is told to the next one that asks, once", async (t) => {
  const shared = locks();
  const victim = await thread(t, shared);
  await victim.ask("acquire");
  await victim.worker.terminate();
  await assert.rejects(shared.mutex.acquire(), { code: "OWNER_DIED" });
  (await shared.mutex.acquire()).release();
});

test("a thread that ends while it waits leaves its place", async (t) => {
  const shared = locks();
  const victim = await thread(t, shared);
  const guard = await shared.mutex.acquire();
  victim.worker.postMessage({ name: "acquire" });
  await until(() => shared.mutex.stats().waiting === 1);
  const next = shared.mutex.acquire();
  await victim.worker.terminate();
  guard.release();
  (await next).release();
  assert.equal(shared.mutex.stats().held, 0);
});

test("a shared read-write lock: readers of several threads together, a writer alone, a dead reader harms nobody", async (t) => {
  const shared = locks();
  const one = await thread(t, shared);
  await one.ask("read");
  const mine = await shared.rwlock.read();
  assert.equal(shared.rwlock.stats().held, 2);
  const writer = shared.rwlock.write();
  assert.equal(shared.rwlock.tryRead(), undefined);
  mine.release();
  await one.worker.terminate();
  const guard = await writer;
  assert.equal(shared.rwlock.tryRead(), undefined);
  guard.release();
});

test("a shared semaphore counts the permits of all threads", async (t) => {
  const shared = locks();
  const one = await thread(t, shared);
  await one.ask("permit", 2);
  const mine = await shared.semaphore.acquire();
  assert.equal(shared.semaphore.tryAcquire(), undefined);
  const two = shared.semaphore.acquire({ weight: 2 });
  mine.release();
  assert.equal(shared.semaphore.tryAcquire({ weight: 2 }), undefined);
  await one.ask("release");
  (await two).release();
  await assert.rejects(shared.semaphore.acquire({ weight: 4 }), { code: "BAD_OPTION" });
});

test("a lock that was sent as it is becomes a lock again by from()", () => {
  const mutex = Mutex.shared({ name: "sent" });
  const sent = structuredClone(mutex);
  assert.deepEqual(Object.keys(sent).sort(), ["heddle", "name", "state", "threads"]);
  const same = SharedMutex.from(sent);
  const guard = mutex.tryAcquire();
  assert.equal(same.tryAcquire(), undefined);
  guard?.release();
  same.tryAcquire()?.release();
  assert.equal(SharedMutex.from(mutex), mutex);
  assert.throws(() => SharedMutex.from({ heddle: "shared-mutex" } as never), { code: "BAD_OPTION" });
  assert.throws(() => SharedMutex.from(Semaphore.shared(2) as never), { code: "BAD_OPTION" });
});

test("acquiring a shared mutex twice in one task rejects with DeadlockError", async () => {
  const mutex = Mutex.shared();
  await group(async () => {
    using _guard = await mutex.acquire();
    await assert.rejects(mutex.acquire(), { code: "DEADLOCK" });
  });
});

test("more waiters than there are places are served all the same", async () => {
  const mutex = Mutex.shared();
  const guard = await mutex.acquire();
  let served = 0;
  const all = Array.from({ length: 1_500 }, async () => {
    using _guard = await mutex.acquire();
    served += 1;
  });
  const gone = mutex.acquire({ timeout: 10 });
  await assert.rejects(gone, { code: "TIMEOUT" });
  guard.release();
  await Promise.all(all);
  assert.equal(served, 1_500);
});

test("a process whose only work is a wait for a shared lock stays alive until it ends, and no longer", async () => {
  const index = new URL("../../src/lock/index.js", import.meta.url).href;
  const program = `
    import { Mutex } from ${JSON.stringify(index)};
    import { Worker } from "node:worker_threads";
    const mutex = Mutex.shared();
    const worker = new Worker(\`
      const { workerData } = require("node:worker_threads");
      import(workerData.index).then(async ({ SharedMutex }) => {
        const guard = await SharedMutex.from(workerData.mutex).acquire();
        require("node:worker_threads").parentPort.postMessage("held");
        setTimeout(() => guard.release(), 300);
      });
    \`, { eval: true, execArgv: [], workerData: { index: ${JSON.stringify(index)}, mutex } });
    worker.once("message", async () => {
      worker.unref();
      (await mutex.acquire()).release();
      console.log("acquired");
    });
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
    timeout: 20_000,
  });
  assert.equal(stdout, "acquired\n");
});
