import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { mapOver } from "../../src/pool/map.js";
import { RUN } from "../fixtures/map-tasks.js";
import { collect, range, rejection, sharedWords, unhandled, until, withPool } from "./stream-support.js";

after(async () => assert.deepEqual(await unhandled(), []));

async function* later(count: number, ms?: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) {
    if (ms !== undefined) await sleep(ms);
    yield i;
  }
}

const doubled = (count: number) => range(count).map((n) => n * 2);

for (const name of ["double", "doubleLater"]) {
  for (const [kind, items] of [
    ["an array", () => range(100)],
    ["a set", () => new Set(range(100))],
    ["a typed array", () => new Float64Array(range(100))],
    ["an iterator", () => range(100).values()],
    ["an async generator", () => later(100)],
    ["a slow async generator", () => later(100, 1)],
  ] as const) {
    test(`${name} over ${kind}: results in the order of the items`, () =>
      withPool("map-tasks", { threads: 2 }, async (pool) => {
        assert.deepEqual(await collect(mapOver(pool, name, items())), { items: doubled(100) });
      }));
  }
}

for (const [kind, items] of [
  ["an array", () => []],
  ["an iterator", () => [].values()],
  ["an async generator", () => later(0)],
] as const) {
  test(`${kind} without items: no results, no error`, () =>
    withPool("map-tasks", {}, async (pool) => {
      assert.deepEqual(await collect(mapOver(pool, "double", items())), { items: [] });
    }));
}

for (const chunk of [1, 7, 1_000, undefined]) {
  test(`chunks of ${chunk ?? "learned size"}: every item once, in order`, () =>
    withPool("map-tasks", { threads: 2 }, async (pool) => {
      const options = chunk === undefined ? {} : { chunk };
      assert.deepEqual(await collect(mapOver(pool, "double", range(3_000), options)), {
        items: doubled(3_000),
      });
    }));
}

test("100,000 items arrive in order, in a small part as many calls", () =>
  withPool("map-tasks", { threads: 2 }, async (pool) => {
    let expected = 0;
    for await (const item of mapOver(pool, "double", range(100_000))) {
      if (item !== 2 * expected++) assert.fail(`got ${item} in place ${expected - 1}`);
    }
    assert.equal(expected, 100_000);
    assert.ok(pool.engine.tally.completed < 2_000, `${pool.engine.tally.completed} calls`);
  }));

test("unordered: all results, the quick ones first", () =>
  withPool("map-tasks", { threads: 2 }, async (pool) => {
    await until(() => pool.engine.crew.loading === 0);
    const { items } = await collect(mapOver(pool, "busyFor", [300, 1, 2, 3], { chunk: 1, ordered: false }));
    assert.equal(items.at(-1), 300);
    assert.deepEqual(items.slice(0, 3).sort(), [1, 2, 3]);
  }));

test("nothing is read or run before the first next", () =>
  withPool("map-tasks", {}, async (pool) => {
    let read = 0;
    const items = {
      [Symbol.iterator]() {
        read++;
        return range(3).values();
      },
    };
    const results = mapOver(pool, "double", items);
    await pool.run("double", [1]);
    assert.equal(read, 0);
    await results.return();
    assert.deepEqual(await results.next(), { done: true, value: undefined });
    assert.equal(read, 0);
  }));

for (const threads of [1, 3]) {
  test(`${threads} workers: at most two chunks each ahead of the reader`, () =>
    withPool("map-tasks", { threads }, async (pool) => {
      const memory = sharedWords();
      let read = 0;
      function* items() {
        for (;;) {
          read++;
          yield { memory };
        }
      }
      const results = mapOver(pool, "counted", items(), { chunk: 5 });
      for (let taken = 1; taken <= 40; taken++) {
        await results.next();
        if (taken % 8 === 0) await sleep(15);
        assert.ok(read - taken <= 2 * threads * 5, `${read} read, ${taken} taken`);
        assert.ok((memory[RUN] ?? 0) <= read);
      }
      await results.return();
      await pool.close();
    }));
}

test("an async source is read no further than the bound either", () =>
  withPool("map-tasks", {}, async (pool) => {
    let read = 0;
    async function* items() {
      for (;;) yield read++;
    }
    const results = mapOver(pool, "double", items(), { chunk: 5 });
    for (let taken = 1; taken <= 20; taken++) {
      await results.next();
      await sleep(2);
      assert.ok(read - taken <= 11, `${read} read, ${taken} taken`);
    }
    await results.return();
  }));

test("an item does not wait for one that is not there", () =>
  withPool("map-tasks", {}, async (pool) => {
    async function* items() {
      yield 1;
      yield 2;
      await new Promise(() => undefined);
    }
    const results = mapOver(pool, "double", items(), { chunk: 100 });
    assert.deepEqual(await results.next(), { done: false, value: 2 });
    assert.deepEqual(await results.next(), { done: false, value: 4 });
    await results.return();
  }));

test("several next at once are answered in order", () =>
  withPool("map-tasks", { threads: 2 }, async (pool) => {
    const results = mapOver(pool, "doubleLater", range(3));
    const steps = await Promise.all(range(5).map(() => results.next()));
    assert.deepEqual(
      steps.map((step) => (step.done === true ? "done" : step.value)),
      [0, 2, 4, "done", "done"],
    );
  }));

test("long items are spread: the last chunk leaves no worker idle", () =>
  withPool("map-tasks", { threads: 2 }, async (pool) => {
    await until(() => pool.engine.crew.loading === 0);
    const { items } = await collect(mapOver(pool, "busy", new Array<number>(8).fill(20)));
    const counts = [...new Set(items)].map((thread) => items.filter((other) => other === thread).length);
    assert.equal(counts.length, 2);
    assert.ok(Math.max(...counts) <= 6, `shared ${counts.join(" to ")}`);
  }));

test("results can be moved", () =>
  withPool("map-tasks", {}, async (pool) => {
    const { items } = await collect(mapOver(pool, "movedBuffer", [1e6, 2e6, 3], { chunk: 2 }));
    assert.deepEqual(
      items.map((item) => (item as ArrayBuffer).byteLength),
      [1e6, 2e6, 3],
    );
  }));

test("large items arrive whole", () =>
  withPool("map-tasks", { threads: 2 }, async (pool) => {
    const big = range(6).map((i) => new Uint8Array(1 << 20).fill(i));
    assert.deepEqual(await collect(mapOver(pool, "echo", big)), { items: big });
  }));

test("the deadline of the map is the deadline of each task", () =>
  withPool("map-tasks", {}, async (pool) => {
    const deadline = Date.now() + 60_000;
    assert.deepEqual(await collect(mapOver(pool, "deadline", [1, 2], { deadline })), {
      items: [deadline, deadline],
    });
  }));

test("carried values are those where the map was made", async () => {
  const user = new AsyncLocalStorage<unknown>();
  await withPool("map-tasks", { carry: { user } }, async (pool) => {
    const results = user.run("ada", () => mapOver(pool, "user", range(20), { chunk: 2 }));
    const { items } = await user.run("bob", () => collect(results));
    assert.deepEqual(new Set(items), new Set(["ada"]));
  });
});

test("a pool that begins without threads starts some", () =>
  withPool("map-tasks", { threads: { min: 0, max: 2 } }, async (pool) => {
    assert.deepEqual(await collect(mapOver(pool, "double", range(500))), { items: doubled(500) });
  }));

test("a pool that refuses what does not fit is not given more", () =>
  withPool("map-tasks", { threads: 1, queue: { capacity: 0, onFull: "reject" } }, async (pool) => {
    assert.deepEqual(await collect(mapOver(pool, "double", range(50))), { items: doubled(50) });
  }));

test("items that cannot be iterated, and a chunk of nothing, are told at once", () =>
  withPool("map-tasks", {}, async (pool) => {
    const call = (items: unknown, chunk: number) => () =>
      mapOver(pool, "double", items as Iterable<unknown>, { chunk });
    assert.throws(call(5, 1), /items must be an iterable or an async iterable, got 5 \(number\)/);
    assert.throws(call(undefined, 1), /items must be an iterable/);
    assert.throws(call([], 0), /chunk must be a whole number from 1/);
    assert.equal((await rejection(mapOver(pool, "nowhere", [1]).next())).code, "TASK_LOAD");
  }));
