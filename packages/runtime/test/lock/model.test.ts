import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { configure, onReport } from "../../src/group/config.js";
import { group } from "../../src/group/group.js";
import { sleep } from "../../src/group/sleep.js";
import { type LockGuard, Mutex, RwLock, Semaphore } from "../../src/lock/index.js";

configure({ reports: "off" }); // what a run leaves behind, waiting for ever, is none of this file's business

type Step =
  | { readonly do: "acquire"; readonly weight: number }
  | { readonly do: "release"; readonly which: number }
  | { readonly do: "cancel"; readonly which: number };

const PERMITS = 4;

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("acquire" as const), weight: fc.integer({ min: 1, max: PERMITS }) }),
    fc.record({ do: fc.constant("release" as const), which: fc.nat(20) }),
    fc.record({ do: fc.constant("cancel" as const), which: fc.nat(20) }),
  ),
  { maxLength: 60 },
);

/** What a lock should do, in the simplest words: a list of who holds and a list of who waits. */
class Model {
  readonly held: { id: number; weight: number }[] = [];
  readonly waiting: { id: number; weight: number }[] = [];

  acquire(id: number, weight: number): void {
    this.waiting.push({ id, weight });
    this.#serve();
  }

  release(id: number): void {
    this.held.splice(
      this.held.findIndex((one) => one.id === id),
      1,
    );
    this.#serve();
  }

  cancel(id: number): void {
    this.waiting.splice(
      this.waiting.findIndex((one) => one.id === id),
      1,
    );
    this.#serve();
  }

  #serve(): void {
    for (let first = this.waiting[0]; first !== undefined; first = this.waiting[0]) {
      if (this.held.reduce((sum, { weight }) => sum + weight, 0) + first.weight > PERMITS) return;
      this.waiting.shift();
      this.held.push(first);
    }
  }
}

interface Lock {
  acquire(weight: number, signal: AbortSignal): Promise<LockGuard>;
}

/** Runs the steps on the lock and on the model; after each, the same ones must hold and the same ones wait. */
async function agree(lock: Lock, list: readonly Step[], fit: (weight: number) => number): Promise<void> {
  const model = new Model();
  const guards = new Map<number, LockGuard>();
  const aborts = new Map<number, AbortController>();
  let id = 0;
  for (const step of list) {
    if (step.do === "acquire") {
      const own = id++;
      const abort = new AbortController();
      aborts.set(own, abort);
      model.acquire(own, fit(step.weight));
      lock.acquire(fit(step.weight), abort.signal).then(
        (guard) => guards.set(own, guard),
        () => {},
      );
    } else if (step.do === "release") {
      const one = model.held[step.which % Math.max(1, model.held.length)];
      const guard = one && guards.get(one.id);
      if (one === undefined || guard === undefined) continue;
      guards.delete(one.id);
      guard.release();
      model.release(one.id);
    } else {
      const one = model.waiting[step.which % Math.max(1, model.waiting.length)];
      if (one === undefined) continue;
      aborts.get(one.id)?.abort();
      model.cancel(one.id);
    }
    // Wake-ups may wait for the next turn, when the time slice is used up.
    await turn();
    await turn();
    assert.deepEqual(
      [...guards.keys()].sort((a, b) => a - b),
      model.held.map((one) => one.id).sort((a, b) => a - b),
    );
  }
  // A wait for a shared lock keeps the process alive.
  for (const abort of aborts.values()) abort.abort();
}

test("a semaphore does what the model does, whatever is acquired, released and cancelled", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const semaphore = new Semaphore(PERMITS);
      await agree(
        { acquire: (weight, signal) => semaphore.acquire({ weight, signal }) },
        list,
        (weight) => weight,
      );
    }),
    { numRuns: 200 },
  );
});

test("a shared semaphore does the same", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const semaphore = Semaphore.shared(PERMITS);
      await agree(
        { acquire: (weight, signal) => semaphore.acquire({ weight, signal }) },
        list,
        (weight) => weight,
      );
    }),
    { numRuns: 100 },
  );
});

test("a mutex is that model with all permits for one", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const mutex = new Mutex();
      await agree({ acquire: (_, signal) => mutex.acquire({ signal }) }, list, () => PERMITS);
    }),
    { numRuns: 100 },
  );
});

test("a read-write lock is that model with one permit for a reader and all for a writer", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const lock = new RwLock();
      // The model has permits for no more than four readers.
      let readers = 0;
      const few = list.filter(
        (step) => step.do !== "acquire" || step.weight === PERMITS || ++readers <= PERMITS,
      );
      await agree(
        { acquire: (weight, signal) => (weight === 1 ? lock.read({ signal }) : lock.write({ signal })) },
        few,
        (weight) => (weight === PERMITS ? PERMITS : 1),
      );
    }),
    { numRuns: 300 },
  );
});

test("a large random workload that cannot deadlock brings no report", async () => {
  configure({ reports: "on" });
  const kinds: string[] = [];
  const stop = onReport(({ message }) => kinds.push(message));
  let seed = 12_345;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const locks = Array.from({ length: 20 }, () => new Mutex());
  const shared = new RwLock();
  const few = new Semaphore(3);
  await group(async (g) => {
    for (let i = 0; i < 400; i++) {
      g.spawn(async () => {
        // In the order of their numbers: no circle can come about.
        const own = [random(20), random(20), random(20)].sort((a, b) => a - b);
        const guards: LockGuard[] = [];
        for (const at of new Set(own)) guards.push((await locks[at]?.acquire()) ?? assert.fail());
        {
          using _rw = random(4) === 0 ? await shared.write() : await shared.read();
          using _permit = await few.acquire();
          if (random(3) === 0) await sleep(random(4));
        }
        for (const guard of guards.reverse()) guard.release();
      });
    }
  });
  stop();
  assert.deepEqual(kinds, []);
});
