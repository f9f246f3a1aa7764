import assert from "node:assert/strict";
import { test } from "node:test";
import { channel } from "../../src/channel/channel.js";
import { settle, watched } from "./support.js";

test("for await ends after close and drain", async () => {
  const ch = channel<number>(2);
  const seen: number[] = [];
  const reading = (async () => {
    for await (const item of ch) seen.push(item);
  })();
  for (let i = 0; i < 5; i++) await ch.send(i);
  ch.close();
  await reading;
  assert.deepEqual(seen, [0, 1, 2, 3, 4]);
});

test("for await throws the error given to close, after the items before it", async () => {
  const ch = channel<number>(2);
  await ch.send(1);
  ch.close(new Error("boom"));
  const seen: number[] = [];
  await assert.rejects(async () => {
    for await (const item of ch) seen.push(item);
  }, /boom/);
  assert.deepEqual(seen, [1]);
});

test("break loses no item and does not close the channel", async () => {
  const ch = channel<number>(3);
  for (const item of [1, 2, 3]) await ch.send(item);
  for await (const item of ch) if (item === 1) break;
  assert.equal(ch.closed, false);
  assert.equal((await ch.receive()).value, 2);
  for await (const item of ch) {
    assert.equal(item, 3);
    break;
  }
});

test("two loops over one channel share its items", async () => {
  const ch = channel<number>(4);
  const seen: number[] = [];
  const loop = async () => {
    for await (const item of ch) seen.push(item);
  };
  const both = [loop(), loop()];
  for (let i = 0; i < 100; i++) await ch.send(i);
  ch.close();
  await Promise.all(both);
  assert.deepEqual(
    seen.sort((a, b) => a - b),
    Array.from({ length: 100 }, (_, i) => i),
  );
});

test("return() settles every pending next() with done, and takes no item", async () => {
  const ch = channel<number>(1);
  const iterator = ch[Symbol.asyncIterator]();
  const pending = [iterator.next(), iterator.next(), iterator.next()];
  assert.deepEqual(await iterator.return(), { value: undefined, done: true });
  for (const result of await Promise.all(pending)) assert.deepEqual(result, { value: undefined, done: true });
  assert.equal(ch.stats().receivers, 0);
  await ch.send(1);
  assert.deepEqual(await iterator.next(), { value: undefined, done: true });
  assert.equal(ch.size, 1);
});

test("several pending next() get items in order", async () => {
  const ch = channel<number>(0);
  const iterator = ch[Symbol.asyncIterator]();
  const pending = [iterator.next(), iterator.next()];
  await ch.send(1);
  await ch.send(2);
  const third = watched(iterator.next());
  assert.deepEqual(
    (await Promise.all(pending)).map(({ value }) => value),
    [1, 2],
  );
  await iterator.return();
  await settle();
  assert.deepEqual(third.outcome, { value: { value: undefined, done: true } });
});

test("an iterator is its own iterable", () => {
  const iterator = channel<number>(0)[Symbol.asyncIterator]();
  assert.equal(iterator[Symbol.asyncIterator](), iterator);
});
