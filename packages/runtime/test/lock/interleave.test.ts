import assert from "node:assert/strict";
import { test } from "node:test";
import { group } from "../../src/group/group.js";
import { sleep } from "../../src/group/sleep.js";
import { type LockGuard, Mutex, RwLock, Semaphore } from "../../src/lock/index.js";
import { explore } from "../../src/testing/explore.js";
import { seeded } from "../../src/testing/random.js";

interface Ask {
  readonly weight: number;
  acquire(options: { signal?: AbortSignal; timeout?: number }): Promise<LockGuard>;
}

/**
 * Tasks that acquire, work, give up and are cancelled, in whatever order the seed gives. At each moment what is inside must fit, and
 * in the end nobody and nothing is lost.
 */
async function crowd(seed: number, permits: number, ask: (random: () => number) => Ask): Promise<void> {
  const random = seeded(seed);
  const pick = (below: number) => Math.floor(random() * below);
  let inside = 0;
  let outcomes = 0;
  await group(async (g) => {
    for (let i = 0; i < 12; i++) {
      const abort = new AbortController();
      const { weight, acquire } = ask(random);
      const [pause, work, patience, how] = [pick(6), pick(6), pick(10), pick(4)];
      const task = g.spawn(async () => {
        try {
          await sleep(pause);
          const options = how === 0 ? { timeout: patience } : how === 1 ? { signal: abort.signal } : {};
          using _guard = await acquire(options);
          inside += weight;
          assert.ok(inside <= permits, `${inside} inside, ${permits} fit`);
          try {
            await sleep(work);
          } finally {
            inside -= weight;
          }
        } catch (error) {
          assert.match((error as { code: string }).code, /^(TIMEOUT|CANCELLED)$/);
        } finally {
          outcomes += 1;
        }
      });
      if (how === 1) g.spawn(() => sleep(patience).then(() => abort.abort()));
      if (how === 2 && pick(2) === 0) g.spawn(() => sleep(patience).then(() => task.cancel("enough")));
    }
  });
  assert.equal(outcomes, 12);
  assert.equal(inside, 0);
}

test("a mutex holds one, loses nobody and is free in the end, under any order of events", async () => {
  await explore(
    async (seed) => {
      const mutex = new Mutex();
      await crowd(seed, 1, () => ({ weight: 1, acquire: (options) => mutex.acquire(options) }));
      assert.deepEqual([mutex.stats().held, mutex.stats().waiting], [0, 0]);
    },
    { runs: 60 },
  );
});

test("a semaphore never holds more than its permits, under any order of events", async () => {
  await explore(
    async (seed) => {
      const semaphore = new Semaphore(3);
      await crowd(seed, 3, (random) => {
        const weight = 1 + Math.floor(random() * 3);
        return { weight, acquire: (options) => semaphore.acquire({ weight, ...options }) };
      });
      assert.deepEqual([semaphore.stats().held, semaphore.stats().waiting], [0, 0]);
    },
    { runs: 60 },
  );
});

test("readers and writers never meet, under any order of events", async () => {
  await explore(
    async (seed) => {
      const lock = new RwLock();
      await crowd(seed, 100, (random) =>
        random() < 0.5
          ? { weight: 1, acquire: (options) => lock.read(options) }
          : { weight: 100, acquire: (options) => lock.write(options) },
      );
      assert.deepEqual([lock.stats().held, lock.stats().waiting], [0, 0]);
    },
    { runs: 60 },
  );
});

test("who asked first is served first, in whatever order the news arrives", async () => {
  await explore(
    async () => {
      const mutex = new Mutex();
      const granted: number[] = [];
      await group(async (g) => {
        const guard = await mutex.acquire();
        for (let i = 0; i < 8; i++) {
          g.spawn(async () => {
            using _guard = await mutex.acquire();
            granted.push(i);
          });
        }
        guard.release();
      });
      assert.deepEqual(granted, [0, 1, 2, 3, 4, 5, 6, 7]);
    },
    { runs: 30 },
  );
});
