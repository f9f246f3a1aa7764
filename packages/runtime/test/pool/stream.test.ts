import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { streamFrom } from "../../src/pool/stream.js";
import { CLOSED, MADE } from "../fixtures/stream-tasks.js";
import { collect, range, rejection, sharedWords, unhandled, until, withPool } from "./stream-support.js";

after(async () => assert.deepEqual(await unhandled(), []));

for (const name of ["count", "countAsync", "list", "laterList"]) {
  test(`${name}: its items arrive in order`, () =>
    withPool("stream-tasks", {}, async (pool) => {
      assert.deepEqual(await collect(streamFrom(pool, name, [1_000])), { items: range(1_000) });
    }));

  test(`${name}: no items, no error`, () =>
    withPool("stream-tasks", {}, async (pool) => {
      assert.deepEqual(await collect(streamFrom(pool, name, [0])), { items: [] });
    }));
}

test("100,000 items arrive in order", () =>
  withPool("stream-tasks", {}, async (pool) => {
    let expected = 0;
    for await (const item of streamFrom(pool, "count", [100_000])) {
      if (item !== expected++) assert.fail(`got ${item} in place ${expected - 1}`);
    }
    assert.equal(expected, 100_000);
  }));

test("nothing starts before the first next", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const memory = sharedWords();
    const items = streamFrom(pool, "counted", [memory]);
    await pool.run("hasParent");
    assert.equal(memory[MADE], 0);
    await items.return();
    assert.equal(pool.engine.occupied, 0);
    assert.deepEqual(await items.next(), { done: true, value: undefined });
  }));

for (const name of ["counted", "countedAsync"]) {
  test(`${name}: the generator is at most 64 items ahead of its reader`, () =>
    withPool("stream-tasks", {}, async (pool) => {
      const memory = sharedWords();
      const items = streamFrom(pool, name, [memory]);
      let most = 0;
      for (let read = 1; read <= 300; read++) {
        await items.next();
        if (read % 50 === 0) await new Promise((soon) => setTimeout(soon, 20));
        most = Math.max(most, Atomics.load(memory, MADE) - read);
      }
      assert.ok(most > 30 && most <= 64, `was ${most} ahead`);
      await items.return();
    }));

  test(`${name}: leaving the loop runs its finally before the loop is left`, () =>
    withPool("stream-tasks", {}, async (pool) => {
      const memory = sharedWords();
      let read = 0;
      for await (const _ of streamFrom(pool, name, [memory])) if (++read === 100) break;
      assert.equal(memory[CLOSED], 1);
      assert.equal(await pool.run("five"), 5);
    }));
}

test("leaving does not wait for more than the generator", () =>
  withPool("stream-tasks", {}, async (pool) => {
    await pool.run("five");
    const began = performance.now();
    for (let i = 0; i < 30; i++) for await (const _ of streamFrom(pool, "count", [1_000])) break;
    // A thread that blocks while its port closes would take 200 ms each.
    assert.ok(performance.now() - began < 3_000);
  }));

test("a slow generator's item does not wait for the next one", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const memory = sharedWords();
    const items = streamFrom(pool, "blocksAfter", [memory, 100]);
    for (let i = 0; i < 5; i++) {
      assert.deepEqual(await items.next(), { done: false, value: i });
      assert.equal(memory[MADE], i + 1);
    }
    await items.return();
  }));

test("an item that was made is not kept back while the generator waits", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const items = streamFrom(pool, "deaf", [sharedWords()], { timeout: 60_000 });
    assert.deepEqual(await items.next(), { done: false, value: 1 });
  }));

test("several next at once are answered in order", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const items = streamFrom(pool, "slowly", [3, 2]);
    const steps = await Promise.all(range(5).map(() => items.next()));
    assert.deepEqual(
      steps.map((step) => (step.done === true ? "done" : step.value)),
      [0, 1, 2, "done", "done"],
    );
  }));

for (const name of ["breaks", "breaksAsync"]) {
  test(`${name}: what the generator throws comes after the items before it`, () =>
    withPool("stream-tasks", {}, async (pool) => {
      const { items, error } = await collect(streamFrom(pool, name, [70]));
      assert.deepEqual(items, range(70));
      assert.ok(error instanceof RangeError);
      assert.equal(error.constructor.name, "StreamBroke");
      assert.equal(error.message, "broke at 70");
      assert.equal((error as RangeError & { at?: number }).at, 70);
      assert.match(error.stack ?? "", /stream-tasks[\s\S]*<worker thread>[\s\S]*stream\.test/);
    }));
}

test("an error is thrown once, then the iteration is over", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const items = streamFrom(pool, "breaks", [0]);
    assert.equal((await rejection(items.next())).message, "broke at 0");
    assert.deepEqual(await items.next(), { done: true, value: undefined });
  }));

test("what a generator throws while it is closed is thrown where the reader leaves", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const items = streamFrom(pool, "failsToClose");
    await items.next();
    assert.equal((await rejection(items.return())).message, "broke at -1");
    assert.equal(await pool.run("five"), 5);
  }));

test("large items arrive whole", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const { items } = await collect(streamFrom(pool, "buffers", [5, 1 << 20]));
    assert.deepEqual(
      items.map((item) => [(item as Uint8Array).length, (item as Uint8Array)[1 << 19]]),
      range(5).map((i) => [1 << 20, i]),
    );
  }));

test("an item can be moved", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const { items } = await collect(streamFrom(pool, "moved", [3]));
    const shown = items.map((item) => (item instanceof ArrayBuffer ? item.byteLength : item));
    assert.deepEqual(shown, [1 << 16, 0, 1 << 16, 0, 1 << 16, 0]);
  }));

test("buffers in transfer are moved to the generator", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const memory = new Int32Array(16);
    const items = streamFrom(pool, "counted", [memory], { transfer: [memory.buffer] });
    await items.next();
    assert.equal(memory.length, 0);
    await items.return();
  }));

for (const name of ["badItem", "badItemThenWaits"]) {
  test(`${name}: an item that cannot be cloned is named, after the items before it`, () =>
    withPool("stream-tasks", { grace: 50 }, async (pool) => {
      const { items, error } = await collect(streamFrom(pool, name, [40]));
      assert.deepEqual(items, range(39));
      assert.equal((error as { code?: string }).code, "NOT_CLONEABLE");
      assert.match((error as Error).message, new RegExp(`^item 40 of ${name} cannot be sent`));
      assert.equal(await pool.run("five"), 5);
    }));
}

test("a reader that leaves before the item that cannot be cloned hears nothing of it", () =>
  withPool("stream-tasks", { grace: 50 }, async (pool) => {
    const items = streamFrom(pool, "badItemThenWaits", [40]);
    await items.next();
    await sleep(20);
    assert.deepEqual(await items.return(), { done: true, value: undefined });
    assert.equal(await pool.run("five"), 5);
  }));

test("an argument that cannot be cloned is named", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const error = await rejection(streamFrom(pool, "count", [1, () => 1]).next());
    assert.equal(error.code, "NOT_CLONEABLE");
    assert.match(error.message, /^argument 2 of count/);
  }));

for (const name of ["five", "nothing"]) {
  test(`${name}: a function that returns nothing to iterate is told from a stream`, () =>
    withPool("stream-tasks", {}, async (pool) => {
      const error = await rejection(streamFrom(pool, name).next());
      assert.equal(error.code, "TASK_LOAD");
      assert.match(error.message, /^(five|nothing) cannot be streamed: it returned (number|undefined); /);
    }));
}

test("an unknown name is told", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const error = await rejection(streamFrom(pool, "nowhere").next());
    assert.equal(error.code, "TASK_LOAD");
    assert.match(error.message, /"nowhere"/);
  }));

test("a generator sees its deadline and what is carried, and reports progress", async () => {
  const user = new AsyncLocalStorage<unknown>();
  await withPool("stream-tasks", { carry: { user } }, async (pool) => {
    const deadline = Date.now() + 60_000;
    const progress: unknown[] = [];
    const options = { deadline, onProgress: (value: unknown) => progress.push(value) };
    const items = user.run("ada", () => streamFrom(pool, "seen", [], options));
    assert.deepEqual(await collect(items), {
      items: [{ deadline, carried: { user: "ada" }, aborted: false }],
    });
    assert.deepEqual(progress, ["begun"]);
  });
});

test("a pool that begins without threads starts one", () =>
  withPool("stream-tasks", { threads: { min: 0, max: 2 } }, async (pool) => {
    assert.deepEqual(await collect(streamFrom(pool, "count", [100])), { items: range(100) });
  }));

test("await using leaves the stream", () =>
  withPool("stream-tasks", {}, async (pool) => {
    const memory = sharedWords();
    {
      await using items = streamFrom(pool, "counted", [memory]);
      await items.next();
    }
    assert.equal(memory[CLOSED], 1);
  }));

test("more streams than workers: each gets its turn", () =>
  withPool("stream-tasks", { threads: 2 }, async (pool) => {
    const all = await Promise.all(range(6).map((i) => collect(streamFrom(pool, "count", [100 * i]))));
    assert.deepEqual(
      all.map(({ items }) => items.length),
      range(6).map((i) => 100 * i),
    );
    await until(() => pool.engine.occupied === 0);
  }));
