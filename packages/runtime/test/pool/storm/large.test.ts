import assert from "node:assert/strict";
import { test } from "node:test";
import { assertArenaFree, assertSettledOnce, codeOf, random, watched, within } from "./support.js";

const CALLS = 250;

/** The stamp that all words of the memory hold, or what two of them hold. */
function stampOf(words: Int32Array): unknown {
  const odd = words.find((word) => word !== words[0]);
  return odd === undefined ? words[0] : [words[0], odd];
}

for (const seed of [1, 2]) {
  test(`storm ${seed} of large calls, cancelled and dying: nobody gets a word of another's`, async () => {
    await using pool = watched({ threads: 2, grace: 20 });
    const next = random(seed);
    const ends: Promise<void>[] = [];
    const outcomes = { value: 0, cancelled: 0, died: 0 };
    for (let index = 0; index < CALLS; index++) {
      const stamp = index + 1;
      const words = new Int32Array(Math.floor(300 + next() ** 3 * 120_000)).fill(stamp);
      const kind = next();
      const stop = new AbortController();
      const call =
        kind < 0.04
          ? pool.run("exitWith", [words])
          : pool.run("echoSlowly", [words, next() < 0.2 ? 2 : 0], { signal: stop.signal });
      if (kind > 0.7) setTimeout(() => stop.abort(), next() * 30);
      ends.push(
        call.then(
          (value) => {
            outcomes.value++;
            assert.equal(stampOf(value as Int32Array), stamp);
            assert.equal((value as Int32Array).length, words.length);
          },
          (error: unknown) => {
            if (codeOf(error) === "WORKER_DIED") outcomes.died++;
            else if (codeOf(error) === "CANCELLED") outcomes.cancelled++;
            else throw error;
          },
        ),
      );
      words.fill(-1);
      if (next() < 0.2) await new Promise((done) => setTimeout(done, next() * 10));
    }
    await within(30_000, "all calls", Promise.all(ends));
    assert.ok(outcomes.value > 0 && outcomes.cancelled > 0 && outcomes.died > 0, JSON.stringify(outcomes));
    await within(10_000, "the tasks of cancelled calls", pool.pool.engine.drained());
    assertSettledOnce(pool);
    assertArenaFree(pool);
  });
}
