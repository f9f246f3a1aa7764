import assert from "node:assert/strict";
import { test } from "node:test";
import { group, race, shield, sleep } from "../../src/group/index.js";
import { ambient } from "../../src/group/scope.js";
import { ready } from "../../src/group/slice.js";
import { park, refusal, Waiter } from "../../src/group/wait.js";
import { WaitQueue } from "../../src/group/wait-queue.js";
import { explore, InterleavingError, interleave } from "../../src/testing/index.js";

async function order(seed: number): Promise<string> {
  const seen: string[] = [];
  await interleave(seed, () =>
    group((g) => {
      for (const name of ["a", "b", "c", "d"]) {
        g.spawn(async () => {
          for (let step = 0; step < 3; step++) {
            await ready(step);
            seen.push(name + step);
          }
        });
      }
    }),
  );
  return seen.join(" ");
}

test("a seed fixes the order of wake-ups, and other seeds give others", async () => {
  const orders = new Set<string>();
  for (let seed = 0; seed < 10; seed++) {
    const one = await order(seed);
    assert.equal(await order(seed), one);
    orders.add(one);
  }
  assert.ok(orders.size > 5, `${orders.size} orders`);
});

/** A counter with a hole: it reads, waits, and writes back. */
async function lostUpdate(): Promise<void> {
  let count = 0;
  await group((g) => {
    for (let i = 0; i < 2; i++) {
      g.spawn(async () => {
        await ready(undefined);
        const seen = count;
        await ready(undefined);
        count = seen + 1;
      });
    }
  });
  assert.equal(count, 2, "an update was lost");
}

test("explore finds a lost update, names the seed, and that seed replays it", async () => {
  let found: InterleavingError | undefined;
  await assert.rejects(explore(lostUpdate, { runs: 200, seed: 1 }), (error) => {
    assert.ok(error instanceof InterleavingError);
    assert.match(error.message, /failed with seed \d+ \(run \d+\): an update was lost/);
    found = error;
    return true;
  });
  await assert.rejects(interleave(found?.seed ?? 0, lostUpdate), /an update was lost/);
});

test("a lost wake-up is a DeadlockError, not a hang", async () => {
  await assert.rejects(
    interleave(1, () => park(new Waiter(), ambient()), { hangsAfter: 20 }),
    { code: "DEADLOCK" },
  );
});

test("time jumps only when nothing is ready", async () => {
  await explore(
    async () => {
      const winner = await race([
        async () => {
          for (let i = 0; i < 20; i++) await ready(i);
          return "work";
        },
        async () => {
          await sleep(1);
          return "timer";
        },
      ]);
      assert.equal(winner, "work");
    },
    { runs: 20 },
  );
});

test("explore gives the number of runs, and the process is free again after a failure", async () => {
  await assert.rejects(explore(() => Promise.reject(new Error("no")), { runs: 1 }));
  assert.equal(await explore(() => ready(1), { runs: 3 }), 3);
  await assert.rejects(
    explore(() => 1, { runs: 0 }),
    { code: "BAD_OPTION" },
  );
});

/** Tokens, handed over first come first served: the smallest thing that can lose or double a grant. */
class Tokens {
  readonly #queue = new WaitQueue<Waiter<void>>();
  free: number;
  constructor(free: number) {
    this.free = free;
  }
  take(): Promise<void> {
    const scope = ambient();
    const refused = refusal(scope);
    if (refused !== undefined) return refused;
    if (this.free > 0) {
      this.free -= 1;
      return ready(undefined);
    }
    const waiter = new Waiter<void>();
    this.#queue.push(waiter);
    return park(waiter, scope);
  }
  give(): void {
    for (let waiter = this.#queue.shift(); waiter !== undefined; waiter = this.#queue.shift()) {
      if (waiter.grant(undefined)) return;
    }
    this.free += 1;
  }
}

test("under every order, with cancels at any point, no token is lost or doubled and nobody outlives the group", async () => {
  await explore(
    async (seed) => {
      const tokens = new Tokens(2);
      let held = 0;
      let running = 0;
      await group(
        async (g) => {
          const tasks = Array.from({ length: 6 }, (_, i) =>
            g.spawn(async () => {
              running += 1;
              try {
                await tokens.take();
                try {
                  held += 1;
                  assert.ok(held <= 2);
                  await ready(i);
                } finally {
                  await shield(() => ready(undefined));
                  held -= 1;
                  tokens.give();
                }
              } finally {
                running -= 1;
              }
            }),
          );
          await ready(undefined);
          tasks[seed % 6]?.cancel();
          await ready(undefined);
          tasks[(seed >> 3) % 6]?.cancel();
          if (seed % 5 === 0) g.cancel("all");
        },
        { limit: 4 },
      ).catch((error) => assert.equal(error.code, "CANCELLED"));
      assert.equal(running, 0);
      assert.equal(held, 0);
      assert.equal(tokens.free, 2);
    },
    { runs: 150 },
  );
});
