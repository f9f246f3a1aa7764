import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { group, map, sleep } from "../../src/group/index.js";

test("map gives the results in the order of the items", async () => {
  assert.deepEqual(
    await map([3, 1, 2], async (n, index) => {
      await sleep(n);
      return `${index}:${n}`;
    }),
    ["0:3", "1:1", "2:2"],
  );
  assert.deepEqual(await map(new Set<number>(), (n) => n), []);
});

test("map runs at most `limit` calls and takes no item before there is room for it", async () => {
  let taken = 0;
  let ended = 0;
  let most = 0;
  function* endless() {
    for (;;) yield taken++;
  }
  await assert.rejects(
    map(
      endless(),
      async (n) => {
        most = Math.max(most, taken - ended);
        await turn();
        ended += 1;
        if (n === 50) throw new Error("enough");
      },
      { limit: 4 },
    ),
    { message: "enough" },
  );
  assert.ok(most <= 5, `${most} items were out`);
});

test("map takes async iterables and closes them on failure", async () => {
  let closed = false;
  async function* source() {
    try {
      for (let i = 0; i < 5; i++) {
        await turn();
        yield i;
      }
    } finally {
      closed = true;
    }
  }
  assert.deepEqual(await map(source(), (n) => n * 2, { limit: 2 }), [0, 2, 4, 6, 8]);
  closed = false;
  await assert.rejects(
    map(
      source(),
      async (n) => {
        if (n === 1) throw new Error("boom");
        await sleep(60_000);
      },
      { limit: 2 },
    ),
    { message: "boom" },
  );
  assert.equal(closed, true);
});

test("a failing source cancels the calls and is thrown", async () => {
  let cancelled = false;
  const error = new Error("source");
  async function* source() {
    yield 1;
    await turn();
    throw error;
  }
  await assert.rejects(
    map(source(), () =>
      sleep(60_000).finally(() => {
        cancelled = true;
      }),
    ),
    (thrown) => thrown === error,
  );
  assert.equal(cancelled, true);
});

test("a source that gives nothing does not keep a cancelled map waiting", async () => {
  let returned = false;
  const silent = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise<IteratorResult<number>>(() => {}),
      return: () => {
        returned = true;
        return new Promise<IteratorResult<number>>(() => {});
      },
    }),
  };
  await assert.rejects(
    map(silent, (n) => n, { timeout: 5 }),
    { code: "TIMEOUT" },
  );
  await assert.rejects(
    group((g) => {
      g.spawn(() => map(silent, (n) => n));
      g.cancel("out");
    }),
    { code: "CANCELLED", reason: "out" },
  );
  assert.equal(returned, true);
});

test("map rejects a wrong limit", async () => {
  await assert.rejects(
    map([1], (n) => n, { limit: 0 }),
    { code: "BAD_OPTION" },
  );
});
