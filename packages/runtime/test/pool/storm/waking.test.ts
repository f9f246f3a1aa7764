import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PARKED, SEARCHING, type Shared, WAKES, workerBlock } from "../../../src/wire/layout.js";
import { count, isUp, raise, take } from "../../../src/wire/wake.js";
import { assertSettledOnce, until, type Watched, watched, within } from "./support.js";

function asleep({ pool: { engine } }: Watched): boolean {
  const threads = engine.crew.list();
  return threads.length === 2 && threads.every(({ index }) => isUp(engine.shared, PARKED, index));
}

type Steps = (shared: Shared, sleeper: number) => void;

/** Two workers that sleep for `rest` ms; then the first dies, after the `steps` of waking the second. */
async function dyingWaker(pool: Watched, rest: number, steps: Steps): Promise<void> {
  const { crew, shared } = pool.pool.engine;
  await Promise.all([pool.run("spin", [5]), pool.run("spin", [5])]);
  await until(() => asleep(pool), "the sleep of both");
  await new Promise((done) => setTimeout(done, rest));
  const [waker, sleeper] = crew.list();
  assert.ok(waker !== undefined && sleeper !== undefined);
  Atomics.store(shared.control, workerBlock(waker.index) + WAKES, sleeper.index + 1);
  steps(shared, sleeper.index);
  const threads = pool.starts;
  void waker.terminate();
  await until(() => pool.starts > threads && crew.loading === 0, "the successor");
}

describe("a worker that dies while it wakes another", () => {
  const moments: readonly [string, Steps][] = [
    ["before it took the other's bit", () => undefined],
    ["after it took the other's bit", (shared, sleeper) => assert.ok(take(shared, PARKED, sleeper))],
    [
      "after it said that the other searches",
      (shared, sleeper) => {
        assert.ok(take(shared, PARKED, sleeper));
        raise(shared, SEARCHING, sleeper);
      },
    ],
  ];
  for (const [moment, steps] of moments) {
    for (const rest of [0, 400]) {
      it(`${moment}, ${rest === 0 ? "at once" : "when it sleeps in its event loop"}: both sleep again and are woken`, async () => {
        await using pool = watched({ threads: 2 });
        await dyingWaker(pool, rest, steps);
        await until(() => asleep(pool), "the sleep of the one and of the other's successor");
        assert.equal(count(pool.pool.engine.shared, SEARCHING), 0);
        const calls = Array.from({ length: 100 }, (_, index) => pool.run("add", [index, 1]));
        await within(5_000, "the calls", Promise.all(calls));
        assertSettledOnce(pool);
      });
    }
  }
});
