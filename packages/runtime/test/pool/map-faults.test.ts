import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { mapOver } from "../../src/pool/map.js";
import { GO, RUN } from "../fixtures/map-tasks.js";
import { collect, range, rejection, sharedWords, unhandled, until, withPool } from "./stream-support.js";

after(async () => assert.deepEqual(await unhandled(), []));

/** Items with a note of whether the iterator was closed. */
function closable(items: Iterable<unknown>): Iterable<unknown> & { closed: number } {
  const inner = items[Symbol.iterator]();
  return {
    closed: 0,
    [Symbol.iterator]() {
      return {
        next: () => inner.next(),
        return: () => {
          this.closed++;
          return { done: true, value: undefined };
        },
      };
    },
  };
}

for (const name of ["breaksAt", "breaksLaterAt"]) {
  for (const chunk of [1, 8, 64]) {
    test(`${name}, chunks of ${chunk}: results before the failure, then the item's own error`, () =>
      withPool("map-tasks", { threads: 2 }, async (pool) => {
        const source = closable(range(10_000));
        const { items, error } = await collect(mapOver(pool, name, source, { chunk }));
        assert.deepEqual(items, range(50));
        assert.ok(error instanceof TypeError);
        assert.equal(error.constructor.name, "ItemBroke");
        assert.equal((error as TypeError & { item?: number }).item, 50);
        assert.match(error.stack ?? "", /map-tasks[\s\S]*<worker thread>[\s\S]*map-faults\.test/);
        assert.equal(source.closed, 1);
        await until(() => pool.engine.occupied === 0);
        assert.deepEqual(await collect(mapOver(pool, "double", [4])), { items: [8] });
      }));
  }
}

for (const ordered of [true, false]) {
  test(`an item that fails cancels those that run beside it, ordered: ${ordered}`, () =>
    withPool("map-tasks", { threads: 3 }, async (pool) => {
      const memory = sharedWords();
      const items = range(20).map((i) => ({ memory, fails: i === 1 }));
      const waiting = rejection(mapOver(pool, "failsOrWaits", items, { chunk: 1, ordered }).next());
      if (ordered) {
        // The first still runs: the failure behind it has to wait for its turn, but cancels the third at once.
        await until(() => pool.engine.tally.stopped > 0);
        Atomics.store(memory, GO, 1);
      }
      const error = await waiting;
      assert.match(error.message, ordered ? /went on/ : /item broke/);
      await until(() => pool.engine.occupied === 0);
      assert.equal(pool.engine.crew.replaced, 0);
    }));
}

test("an item that throws undefined is a failure too", () =>
  withPool("map-tasks", {}, async (pool) => {
    const results = mapOver(pool, "throwsUndefined", [1]);
    await assert.rejects(results.next(), (error) => error === undefined);
    assert.deepEqual(await results.next(), { done: true, value: undefined });
  }));

test("an error in the source comes after the results of the items before it", () =>
  withPool("map-tasks", {}, async (pool) => {
    const broken = new Error("no more");
    function* items() {
      yield* range(25);
      throw broken;
    }
    assert.deepEqual(await collect(mapOver(pool, "double", items(), { chunk: 4 })), {
      items: range(25).map((n) => n * 2),
      error: broken,
    });
    async function* laterItems() {
      yield* items();
    }
    assert.deepEqual(await collect(mapOver(pool, "double", laterItems(), { chunk: 4 })), {
      items: range(25).map((n) => n * 2),
      error: broken,
    });
  }));

test("a source that cannot even begin", () =>
  withPool("map-tasks", {}, async (pool) => {
    const broken = new Error("not today");
    const items = {
      [Symbol.iterator](): Iterator<unknown> {
        throw broken;
      },
    };
    assert.deepEqual(await collect(mapOver(pool, "double", items)), { items: [], error: broken });
  }));

for (const at of [1, 12, 20]) {
  test(`item ${at} cannot be cloned: it is named after the results before it, and none runs twice`, () =>
    withPool("map-tasks", {}, async (pool) => {
      const memory = sharedWords();
      const items = range(40).map((i) => ({ memory, bad: i === at - 1 ? () => 1 : 0 }));
      const { items: got, error } = await collect(mapOver(pool, "counted", items, { chunk: 8 }));
      assert.deepEqual(got, range(at - 1));
      assert.equal((error as { code?: string }).code, "NOT_CLONEABLE");
      assert.match((error as Error).message, new RegExp(`^item ${at} of counted cannot be sent`));
    }));
}

for (const chunk of [1, 8, 40]) {
  test(`a result that cannot be cloned is named after the results before it, chunks of ${chunk}`, () =>
    withPool("map-tasks", {}, async (pool) => {
      const { items, error } = await collect(mapOver(pool, "functionAt", range(40), { chunk }));
      assert.deepEqual(items, range(30));
      assert.equal((error as { code?: string }).code, "NOT_CLONEABLE");
      assert.match((error as Error).message, /^the result of item 31 of functionAt cannot be sent/);
    }));
}

test("a worker that exits in the middle: WorkerDiedError after the results before its chunk", () =>
  withPool("map-tasks", { threads: 2 }, async (pool) => {
    const { items, error } = await collect(mapOver(pool, "exitsAt", range(10_000), { chunk: 10 }));
    assert.deepEqual(items, range(50));
    assert.equal((error as { code?: string }).code, "WORKER_DIED");
    await until(() => pool.engine.occupied === 0);
    assert.deepEqual(await collect(mapOver(pool, "double", range(3))), { items: [0, 2, 4] });
  }));

test("leaving early cancels what is in flight and closes the source", () =>
  withPool("map-tasks", { threads: 2 }, async (pool) => {
    const memory = sharedWords();
    const source = closable(range(1e6).map(() => ({ memory })));
    const results = mapOver(pool, "untilCancelled", source, { chunk: 1 });
    const waiting = results.next();
    await until(() => memory[RUN] === 2);
    await results.return();
    assert.deepEqual(await waiting, { done: true, value: undefined });
    assert.equal(source.closed, 1);
    await until(() => pool.engine.occupied === 0);
    assert.equal(memory[RUN], 2);
    assert.equal(pool.engine.crew.replaced, 0);
  }));

test("a break closes an async source and waits for it", () =>
  withPool("map-tasks", {}, async (pool) => {
    let closed = false;
    async function* items() {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        await sleep(5);
        closed = true;
      }
    }
    let read = 0;
    for await (const _ of mapOver(pool, "double", items())) if (++read === 100) break;
    assert.equal(closed, true);
  }));

test("a break does not wait for a source that is not going to answer", () =>
  withPool("map-tasks", {}, async (pool) => {
    async function* items() {
      yield 1;
      await new Promise(() => undefined);
    }
    for await (const _ of mapOver(pool, "double", items())) break;
    await until(() => pool.engine.occupied === 0);
  }));

test("abort: rejects at once, nothing is left behind", () =>
  withPool("map-tasks", { threads: 2 }, async (pool) => {
    const memory = sharedWords();
    const controller = new AbortController();
    const { signal } = controller;
    const source = closable(range(100).map(() => ({ memory })));
    const waiting = rejection(mapOver(pool, "untilCancelled", source, { signal, chunk: 1 }).next());
    await until(() => memory[RUN] === 2);
    controller.abort("enough");
    const error = await waiting;
    assert.equal(error.code, "CANCELLED");
    assert.equal((error as { reason?: unknown }).reason, "enough");
    assert.equal(source.closed, 1);
    assert.equal(getEventListeners(signal, "abort").length, 0);
    await until(() => pool.engine.occupied === 0);
    assert.equal(memory[RUN], 2);
  }));

test("abort: results that were not read are dropped", () =>
  withPool("map-tasks", {}, async (pool) => {
    const controller = new AbortController();
    const results = mapOver(pool, "double", range(100), { signal: controller.signal, chunk: 50 });
    await results.next();
    controller.abort();
    assert.equal((await rejection(results.next())).code, "CANCELLED");
    assert.deepEqual(await results.next(), { done: true, value: undefined });
  }));

test("an abort before the first next: nothing is read", () =>
  withPool("map-tasks", {}, async (pool) => {
    const source = closable([1]);
    const error = await rejection(mapOver(pool, "double", source, { signal: AbortSignal.abort(3) }).next());
    assert.equal(error.code, "CANCELLED");
    assert.equal(source.closed, 0);
  }));

test("a timeout counts for the whole map, a source that stalls included", () =>
  withPool("map-tasks", {}, async (pool) => {
    async function* items() {
      yield 4;
      await new Promise(() => undefined);
    }
    const { items: got, error } = await collect(mapOver(pool, "double", items(), { timeout: 1_000 }));
    assert.deepEqual(got, [8]);
    assert.equal((error as { code?: string }).code, "TIMEOUT");
    assert.match((error as Error).message, /double did not end within 1000 ms/);
  }));

test("a cancelled chunk of many items ends between two of them: its worker lives", () =>
  withPool("map-tasks", { grace: 2_000 }, async (pool) => {
    await pool.run("double", [1]);
    const controller = new AbortController();
    const items = new Array<number>(1_000).fill(50);
    const waiting = rejection(
      mapOver(pool, "busy", items, { signal: controller.signal, chunk: 1_000 }).next(),
    );
    await sleep(20);
    controller.abort();
    assert.equal((await waiting).code, "CANCELLED");
    await until(() => pool.engine.occupied === 0);
    assert.equal(pool.engine.crew.replaced, 0);
  }));

test("terminate in the middle: ClosedError, and the source is closed", () =>
  withPool("map-tasks", { threads: 2 }, async (pool) => {
    const source = closable(range(1e6));
    const reading = collect(mapOver(pool, "doubleLater", source));
    await sleep(50);
    await pool.terminate();
    assert.equal(((await reading).error as { code?: string }).code, "CLOSED");
    assert.equal(source.closed, 1);
  }));

test("exits, failures, aborts and leaving at once: every next settles and no call stays", () =>
  withPool("map-tasks", { threads: 2, grace: 50 }, async (pool) => {
    const names = ["exitsAt", "breaksAt", "doubleLater", "functionAt"];
    const codes = await Promise.all(
      range(24).map(async (i) => {
        const controller = new AbortController();
        const results = mapOver(pool, names[i % 4] ?? "", range(200), { signal: controller.signal });
        if (i % 3 === 0) setTimeout(() => controller.abort(), (i * 7) % 60);
        if (i % 5 === 0) setTimeout(() => void results.return(), (i * 11) % 60);
        const { error } = await collect(results);
        return (error as { code?: string; name?: string } | undefined)?.code ?? "no code";
      }),
    );
    for (const code of codes) {
      assert.ok(["CANCELLED", "WORKER_DIED", "NOT_CLONEABLE", "no code"].includes(code), code);
    }
    await until(() => pool.engine.occupied === 0);
    assert.deepEqual(await collect(mapOver(pool, "double", range(3))), { items: [0, 2, 4] });
  }));
