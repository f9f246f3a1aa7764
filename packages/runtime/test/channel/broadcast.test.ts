import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { test } from "node:test";
import { broadcast } from "../../src/channel/broadcast.js";
import { after, receive } from "../../src/channel/cases.js";
import { select } from "../../src/channel/select.js";
import { prometheus } from "../../src/metrics/prometheus.js";

test("each subscriber sees each item, from its subscribing on", async () => {
  const b = broadcast<number>();
  assert.equal(b.send(0), 0);
  const first = b.subscribe();
  assert.equal(b.send(1), 1);
  const second = b.subscribe();
  assert.equal(b.send(2), 2);
  b.close();
  const all = async (sub: AsyncIterable<number>) => {
    const seen: number[] = [];
    for await (const item of sub) seen.push(item);
    return seen;
  };
  assert.deepEqual(await all(first), [1, 2]);
  assert.deepEqual(await all(second), [2]);
});

test("a slow subscriber misses the oldest items and is told how many; the others miss nothing", async () => {
  const b = broadcast<number>({ name: "ticks" });
  const [slow, fast] = [b.subscribe({ capacity: 2 }), b.subscribe({ capacity: 10 })];
  for (let i = 1; i <= 5; i++) b.send(i);
  assert.equal(slow.missed, 3);
  assert.equal(fast.missed, 0);
  assert.deepEqual(await slow.receiveMany(10), [4, 5]);
  assert.deepEqual(await fast.receiveMany(10), [1, 2, 3, 4, 5]);
  assert.equal(b.stats().missed, 3);
  b.close();
});

test("a subscriber that waits is given the item", async () => {
  const b = broadcast<string>();
  const sub = b.subscribe({ capacity: 1 });
  const waiting = sub.receive();
  b.send("a");
  b.send("b");
  assert.equal(sub.missed, 0);
  assert.equal((await waiting).value, "a");
  assert.equal((await sub.receive()).value, "b");
});

test("closing ends the loops of all subscribers, with an error if one is given", async () => {
  const boom = new Error("boom");
  const b = broadcast<number>();
  const sub = b.subscribe();
  const waiting = b.subscribe().receive();
  b.send(1);
  b.close(boom);
  b.close();
  assert.equal((await waiting).value, 1);
  assert.equal((await sub.receive()).value, 1);
  await assert.rejects(sub.receive(), (error) => error === boom);
  assert.throws(() => b.send(2), { code: "CHANNEL_CLOSED", cause: boom });
  await assert.rejects(b.subscribe().receive(), (error) => error === boom);
});

test("a subscription that was closed hears no more, and nothing is kept of it", async () => {
  const b = broadcast<number>();
  {
    using sub = b.subscribe();
    b.send(1);
    assert.equal(b.stats().subscribers, 1);
    assert.equal(sub.size, 1);
  }
  assert.equal(b.stats().subscribers, 0);
  assert.equal(b.send(2), 0);
  const sub = b.subscribe();
  const waiting = sub.receive();
  sub.close();
  sub.close();
  assert.deepEqual(await waiting, { value: undefined, done: true });
});

test("break leaves the subscription open", async () => {
  const b = broadcast<number>();
  using sub = b.subscribe();
  b.send(1);
  b.send(2);
  for await (const _ of sub) break;
  assert.equal((await sub.receive()).value, 2);
});

test("a subscription can be a case of select", async () => {
  const b = broadcast<number>();
  using sub = b.subscribe();
  const waiting = select({ tick: receive(sub), idle: after(1000) });
  b.send(7);
  assert.deepEqual(await waiting, { key: "tick", value: 7, done: false });
});

test("missed items are told on a diagnostics channel and counted in the metrics", () => {
  const heard: unknown[] = [];
  const listener = (message: unknown) => heard.push(message);
  subscribe("heddle:channel:missed", listener);
  const b = broadcast<number>({ name: "news" });
  const sub = b.subscribe({ capacity: 1 });
  b.send(1);
  b.send(2);
  b.send(3);
  unsubscribe("heddle:channel:missed", listener);
  assert.deepEqual(heard, [
    { channel: "news", missed: 1 },
    { channel: "news", missed: 2 },
  ]);
  assert.match(prometheus(), /heddle_channel_missed_total\{channel="news"\} 2/);
  assert.ok(Object.isFrozen(b.stats()) && Object.isFrozen(sub.stats()));
  b.close();
});

test("a capacity of a subscription that is no whole number from 1 up is refused", () => {
  const b = broadcast<number>();
  for (const capacity of [0, -1, 1.5, Number.NaN]) {
    assert.throws(() => b.subscribe({ capacity }), { code: "BAD_OPTION" });
  }
});
