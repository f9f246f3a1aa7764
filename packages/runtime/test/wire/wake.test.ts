import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
import { Worker } from "node:worker_threads";
import {
  BELL,
  FORGOTTEN,
  PARKED,
  SEARCHING,
  type Shared,
  sharedBytes,
  views,
  WAKES,
  workerBlock,
} from "../../src/wire/layout.js";
import {
  any,
  count,
  finishWaking,
  raise,
  ring,
  take,
  takeAny,
  wakeOne,
  wakeOneAs,
} from "../../src/wire/wake.js";

const memory = (threads: number): Shared => views(new SharedArrayBuffer(sharedBytes(threads)), threads);
const word = (shared: Shared, worker: number, name: number): number =>
  Atomics.load(shared.control, workerBlock(worker) + name);
const bell = (shared: Shared, worker: number): number => word(shared, worker, BELL);

test("a bit is taken once", () => {
  const shared = memory(4);
  raise(shared, PARKED, 2);
  assert.equal(take(shared, PARKED, 2), true);
  assert.equal(take(shared, PARKED, 2), false);
});

test("all workers have a bit of their own, the 32nd of a word included", () => {
  const shared = memory(122);
  for (let worker = 0; worker < 122; worker++) raise(shared, PARKED, worker);
  assert.equal(count(shared, PARKED), 122);
  assert.equal(count(shared, SEARCHING), 0);
  for (let worker = 0; worker < 122; worker++) assert.equal(takeAny(shared, PARKED), worker);
  assert.equal(takeAny(shared, PARKED), -1);
  assert.equal(any(shared, PARKED), false);
});

test("one sleeping worker is woken, and it searches from then on", () => {
  const shared = memory(4);
  raise(shared, PARKED, 1);
  raise(shared, PARKED, 3);
  wakeOne(shared);
  assert.equal(bell(shared, 1), 1);
  assert.equal(take(shared, SEARCHING, 1), true);
  assert.equal(take(shared, PARKED, 1), false);
  assert.equal(bell(shared, 3), 0);
});

test("nobody is woken while somebody searches", () => {
  const shared = memory(4);
  raise(shared, SEARCHING, 0);
  raise(shared, PARKED, 1);
  wakeOne(shared);
  assert.equal(bell(shared, 1), 0);
  assert.equal(take(shared, PARKED, 1), true);
});

test("a worker wakes as the host does, and leaves no note of it", () => {
  const shared = memory(4);
  raise(shared, PARKED, 3);
  wakeOneAs(1, shared);
  assert.equal(bell(shared, 3), 1);
  assert.equal(take(shared, SEARCHING, 3), true);
  assert.equal(take(shared, PARKED, 3), false);
  assert.equal(word(shared, 1, WAKES), 0);
  wakeOneAs(1, shared);
  assert.equal(any(shared, SEARCHING), false);
});

describe("a waking that a dead worker had begun", () => {
  const begun = (): Shared => {
    const shared = memory(4);
    raise(shared, PARKED, 3);
    Atomics.store(shared.control, workerBlock(1) + WAKES, 3 + 1);
    return shared;
  };

  it("needs nothing when the other still has its bit", () => {
    const shared = begun();
    finishWaking(1, [0, 3], shared);
    assert.equal(bell(shared, 3), 0);
    assert.equal(word(shared, 3, FORGOTTEN), 0);
  });

  it("goes on when the other has no bit", () => {
    const shared = begun();
    take(shared, PARKED, 3);
    finishWaking(1, [0, 3], shared);
    assert.equal(bell(shared, 3), 1);
    assert.equal(word(shared, 3, FORGOTTEN), 1);
  });

  it("goes on when the other was said to search but not rung", () => {
    const shared = begun();
    take(shared, PARKED, 3);
    raise(shared, SEARCHING, 3);
    finishWaking(1, [0, 3], shared);
    assert.equal(bell(shared, 3), 1);
    assert.equal(word(shared, 3, FORGOTTEN), 0);
  });

  it("is left to a living worker that wakes the same one", () => {
    const shared = begun();
    take(shared, PARKED, 3);
    Atomics.store(shared.control, workerBlock(0) + WAKES, 3 + 1);
    finishWaking(1, [0, 3], shared);
    assert.equal(bell(shared, 3), 0);
  });

  it("is forgotten when the other is gone too", () => {
    const shared = begun();
    take(shared, PARKED, 3);
    finishWaking(1, [0], shared);
    assert.equal(bell(shared, 3), 0);
  });
});

test("with nobody asleep nothing happens", () => {
  const shared = memory(4);
  wakeOne(shared);
  assert.equal(any(shared, SEARCHING), false);
});

test("a ring is kept for a worker that does not wait yet", () => {
  const shared = memory(2);
  ring(shared, 1);
  assert.equal(Atomics.wait(shared.control, workerBlock(1) + BELL, 0, 1_000), "not-equal");
});

test("two threads never take the same bit", { timeout: 20_000 }, async () => {
  const rounds = 20_000;
  const shared = memory(64);
  const words = new Int32Array(new SharedArrayBuffer(4 * 3));
  const urls = ["layout", "wake"].map((name) => new URL(`../../src/wire/${name}.js`, import.meta.url).href);
  const taker = `
    const { workerData } = require("node:worker_threads");
    (async () => {
      const { views, PARKED } = await import(${JSON.stringify(urls[0])});
      const { takeAny } = await import(${JSON.stringify(urls[1])});
      const shared = views(workerData.buffer, 64);
      const words = new Int32Array(workerData.words);
      Atomics.add(words, 0, 1);
      let taken = 0;
      for (;;) {
        const ended = Atomics.load(words, 2) === 1;
        if (takeAny(shared, PARKED) >= 0) taken++;
        else if (ended) break;
      }
      Atomics.add(words, 1, taken);
    })();
  `;
  const workers = [0, 1].map(
    () => new Worker(taker, { eval: true, workerData: { buffer: shared.buffer, words: words.buffer } }),
  );
  const ends = workers.map((worker) => new Promise((done) => worker.on("exit", done)));
  const end = performance.now() + 10_000;
  while (Atomics.load(words, 0) < 2 && performance.now() < end)
    await new Promise((done) => setTimeout(done, 5));
  let raised = 0;
  for (let round = 0; round < rounds; round++) {
    const worker = round & 63;
    // Only a bit that is down can be raised by its owner.
    const down = (Atomics.load(shared.control, PARKED + (worker >> 5)) & (1 << (worker & 31))) === 0;
    if (!down) continue;
    raise(shared, PARKED, worker);
    raised++;
  }
  Atomics.store(words, 2, 1);
  await Promise.all(ends);
  assert.equal(words[1], raised);
});
