import assert from "node:assert/strict";
import { test } from "node:test";
import { channel } from "../../src/channel/channel.js";
import { settle, watched } from "./support.js";

test("items come out in the order in which they went in", async () => {
  const ch = channel<number>(3);
  for (const item of [1, 2, 3]) await ch.send(item);
  assert.deepEqual(await ch.receive(), { value: 1, done: false });
  assert.deepEqual(await ch.receive(), { value: 2, done: false });
  assert.deepEqual(await ch.receive(), { value: 3, done: false });
});

test("send waits while the channel is full, and goes on when one item has left", async () => {
  const ch = channel<number>(1);
  await ch.send(1);
  const second = watched(ch.send(2));
  await settle();
  assert.equal(second.outcome, undefined);
  assert.equal(ch.size, 1);
  assert.deepEqual(await ch.receive(), { value: 1, done: false });
  await settle();
  assert.deepEqual(second.outcome, { value: undefined });
  assert.equal(ch.size, 1);
});

test("with capacity 0, send resolves only when a receiver took the item", async () => {
  const ch = channel<string>(0);
  const sent = watched(ch.send("a"));
  await settle();
  assert.equal(sent.outcome, undefined);
  assert.equal(ch.size, 0);
  assert.deepEqual(await ch.receive(), { value: "a", done: false });
  await settle();
  assert.deepEqual(sent.outcome, { value: undefined });
});

test("with capacity 0, a waiting receiver takes the item and send goes on at once", async () => {
  const ch = channel<string>(0);
  const received = ch.receive();
  await ch.send("a");
  assert.deepEqual(await received, { value: "a", done: false });
});

test("senders and receivers are served first come, first served", async () => {
  const ch = channel<number>(0);
  const got = [ch.receive(), ch.receive(), ch.receive()];
  for (const item of [1, 2, 3]) await ch.send(item);
  assert.deepEqual(
    (await Promise.all(got)).map(({ value }) => value),
    [1, 2, 3],
  );
  const sent = [4, 5, 6].map((item) => ch.send(item));
  for (const item of [4, 5, 6]) assert.equal((await ch.receive()).value, item);
  await Promise.all(sent);
});

test("undefined, null, promises and thenables are items like any other", async () => {
  const ch = channel<unknown>(4);
  // biome-ignore lint/suspicious/noThenProperty: that is what this test is about
  const thenable = { then: () => assert.fail("nobody may look for a value in an item") };
  const items = [undefined, null, Promise.resolve(1), thenable];
  for (const item of items) await ch.send(item);
  for (const item of items) {
    const result = await ch.receive();
    assert.equal(result.value, item);
    assert.equal(result.done, false);
  }
  const waiting = ch.receive();
  ch.trySend(thenable);
  assert.equal((await waiting).value, thenable);
});

test("trySend accepts while there is room or a receiver, and says false otherwise", async () => {
  const ch = channel<number>(1);
  assert.equal(ch.trySend(1), true);
  assert.equal(ch.trySend(2), false);
  const meet = channel<number>(0);
  assert.equal(meet.trySend(1), false);
  const received = meet.receive();
  assert.equal(meet.trySend(2), true);
  assert.equal((await received).value, 2);
});

test("tryReceive gives an item, undefined while there is none, and the end after close", async () => {
  const ch = channel<number>(1);
  assert.equal(ch.tryReceive(), undefined);
  const sends = [ch.send(1), ch.send(2)];
  assert.deepEqual(ch.tryReceive(), { value: 1, done: false });
  assert.deepEqual(ch.tryReceive(), { value: 2, done: false });
  await Promise.all(sends);
  ch.close();
  assert.deepEqual(ch.tryReceive(), { value: undefined, done: true });
  const failed = channel<number>(1);
  const boom = new Error("boom");
  failed.close(boom);
  assert.throws(
    () => failed.tryReceive(),
    (error) => error === boom,
  );
  assert.throws(() => failed.trySend(1), { code: "CHANNEL_CLOSED", cause: boom });
});

test("tryReceive takes from a sender that waits at a rendezvous", async () => {
  const ch = channel<number>(0);
  const sent = ch.send(7);
  assert.deepEqual(ch.tryReceive(), { value: 7, done: false });
  await sent;
});

test("receiveMany takes all there is up to max, also from senders that wait", async () => {
  const ch = channel<number>(2);
  const sends = [1, 2, 3, 4].map((item) => ch.send(item));
  assert.deepEqual(await ch.receiveMany(3), [1, 2, 3]);
  assert.deepEqual(await ch.receiveMany(10), [4]);
  await Promise.all(sends);
  const meet = channel<number>(0);
  const more = [1, 2, 3].map((item) => meet.send(item));
  assert.deepEqual(await meet.receiveMany(2), [1, 2]);
  assert.deepEqual(await meet.receiveMany(Number.POSITIVE_INFINITY), [3]);
  await Promise.all(more);
});

test("receiveMany waits for the first item, and is empty when the channel is closed and drained", async () => {
  const ch = channel<number>(4);
  const waiting = ch.receiveMany(4);
  await ch.send(1);
  assert.deepEqual(await waiting, [1]);
  await ch.send(2);
  ch.close();
  assert.deepEqual(await ch.receiveMany(4), [2]);
  assert.deepEqual(await ch.receiveMany(4), []);
  const parked = channel<number>(1);
  const none = parked.receiveMany(1);
  parked.close();
  assert.deepEqual(await none, []);
});

test("receiveMany rejects a max that is no whole number from 1 up, and takes nothing", async () => {
  const ch = channel<number>(1);
  await ch.send(1);
  for (const max of [0, -1, 1.5, Number.NaN, "2" as unknown as number]) {
    await assert.rejects(ch.receiveMany(max), { code: "BAD_OPTION" });
  }
  assert.equal(ch.size, 1);
});

test("after close, receivers drain what was accepted and then get the end", async () => {
  const ch = channel<number>(2);
  await ch.send(1);
  await ch.send(2);
  ch.close();
  assert.equal(ch.closed, true);
  assert.equal((await ch.receive()).value, 1);
  assert.equal((await ch.receive()).value, 2);
  assert.deepEqual(await ch.receive(), { value: undefined, done: true });
  assert.deepEqual(await ch.receive(), { value: undefined, done: true });
});

test("close rejects senders that wait, whose items are never received", async () => {
  const ch = channel<number>(1, { name: "jobs" });
  await ch.send(1);
  const waiting = ch.send(2);
  ch.close();
  await assert.rejects(waiting, { code: "CHANNEL_CLOSED", message: /channel "jobs" is closed/ });
  await assert.rejects(ch.send(3), { code: "CHANNEL_CLOSED" });
  assert.throws(() => ch.trySend(4), { code: "CHANNEL_CLOSED" });
  assert.equal((await ch.receive()).value, 1);
  assert.equal((await ch.receive()).done, true);
});

test("close ends receivers that wait", async () => {
  const ch = channel<number>(1);
  const waiting = [ch.receive(), ch.receive()];
  ch.close();
  for (const result of await Promise.all(waiting)) assert.deepEqual(result, { value: undefined, done: true });
});

test("an error given to close reaches receivers after the drain, unchanged, and stays", async () => {
  const ch = channel<number>(1);
  const boom = Object.freeze(new Error("boom"));
  await ch.send(1);
  const waiting = ch.send(2);
  ch.close(boom);
  ch.close(new Error("later"));
  ch.close();
  await assert.rejects(waiting, { code: "CHANNEL_CLOSED", cause: boom });
  assert.equal((await ch.receive()).value, 1);
  for (let i = 0; i < 2; i++) await assert.rejects(ch.receive(), (error) => error === boom);
  await assert.rejects(ch.receiveMany(1), (error) => error === boom);
  const empty = channel<number>(1);
  const parked = [empty.receive(), empty.receiveMany(2)];
  empty.close(boom);
  for (const one of parked) await assert.rejects(one, (error) => error === boom);
});
