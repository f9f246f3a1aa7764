import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { group, retry, sleep } from "../../src/group/index.js";
import { virtualClock } from "../../src/testing/index.js";

test("with a virtual clock an hour passes at once, and exactly", async () => {
  const real = performance.now();
  using clock = virtualClock({ start: 1_000_000 });
  assert.equal(clock.now(), 1_000_000);
  await sleep(3_600_000);
  assert.equal(clock.now(), 4_600_000);
  assert.ok(performance.now() - real < 60_000);
});

test("timers fire in the order of their moments, deadlines among them", async () => {
  using clock = virtualClock();
  const start = clock.now();
  const seen: string[] = [];
  const note = async (ms: number) => {
    await sleep(ms);
    seen.push(`${ms} at ${clock.now() - start}`);
  };
  await assert.rejects(
    group(
      async (g) => {
        for (const ms of [300, 100, 200, 500]) g.spawn(() => note(ms));
      },
      { timeout: 400 },
    ),
    { code: "TIMEOUT" },
  );
  assert.deepEqual(seen, ["100 at 100", "200 at 200", "300 at 300"]);
});

test("the pauses of retry are exactly those of its policy", async () => {
  using clock = virtualClock();
  const start = clock.now();
  const at: number[] = [];
  await assert.rejects(
    retry(
      () => {
        at.push(clock.now() - start);
        throw new Error("down");
      },
      { attempts: 5, backoff: { initial: 1_000, factor: 2, max: 3_000 } },
    ),
  );
  assert.deepEqual(at, [0, 1_000, 3_000, 6_000, 9_000]);
});

test("without autojump time moves by advance alone", async () => {
  using clock = virtualClock({ autojump: false });
  const seen: number[] = [];
  const done = Promise.all([10, 20, 30].map((ms) => sleep(ms).then(() => seen.push(ms))));
  for (let i = 0; i < 10; i++) await turn();
  assert.deepEqual(seen, []);
  await clock.advance(20);
  assert.deepEqual(seen, [10, 20]);
  await clock.advance(10);
  await done;
});

test("what a timer wakes may arm the next one on the way of an advance", async () => {
  using clock = virtualClock({ autojump: false });
  let steps = 0;
  const done = (async () => {
    for (; steps < 5; steps++) await sleep(10);
  })();
  await clock.advance(50);
  await done;
  assert.equal(steps, 5);
});

test("two clocks at once are refused; after disposal the real one is back", async () => {
  {
    using clock = virtualClock();
    assert.throws(() => virtualClock(), /cannot start while virtualClock\(\) is in use/);
    await sleep(1_000_000);
    assert.ok(clock.now() > Date.now() + 900_000);
  }
  const before = Date.now();
  await group((g) => assert.ok(Math.abs(Number(g.deadline) - before - 5_000) < 5_000), { timeout: 5_000 });
});

test("the time slice lets a virtual deadline end a loop of waits that complete at once", async () => {
  using _clock = virtualClock();
  await assert.rejects(
    group(
      async (g) => {
        g.spawn(() => sleep(1_000));
        while (g.size > 0) await sleep(1);
        await sleep(60_000);
      },
      { timeout: 2_000 },
    ),
    { code: "TIMEOUT" },
  );
});
