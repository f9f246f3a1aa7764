import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { after, receive, send } from "../../../src/channel/cases.js";
import { select } from "../../../src/channel/select.js";
import { openReceiver, openSender } from "../../../src/channel/shared/ends.js";
import { sharedChannel } from "../../../src/channel/shared/shared-channel.js";
import { group } from "../../../src/group/group.js";
import { settle, watched } from "../support.js";
import type { Job } from "./worker.js";

function start(job: Job): { readonly answer: Promise<unknown>; readonly ended: Promise<number> } {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: job });
  const answer = new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  const ended = new Promise<number>((resolve) => worker.once("exit", resolve));
  return { answer, ended };
}

test("items sent here are received in a worker, in order, all of them", async () => {
  const ch = sharedChannel<number>(8);
  const worker = start({ do: "slow", from: ch.receiver });
  const items = Array.from({ length: 40 }, (_, i) => i);
  for (const item of items) await ch.sender.send(item);
  ch.sender.close();
  assert.deepEqual(await worker.answer, items);
});

test("items sent in a worker are received here until it closes", async () => {
  const ch = sharedChannel<number>(16);
  const worker = start({ do: "send", items: 5000, out: ch.sender });
  let expected = 0;
  for await (const item of ch.receiver) assert.equal(item, expected++);
  assert.equal(expected, 5000);
  assert.equal(await worker.answer, 5000);
  assert.equal(ch.stats().closed, true);
});

test("a sender is never more than the capacity ahead of the receiver", async () => {
  const ch = sharedChannel<number>(4);
  const worker = start({ do: "send", items: 200, out: ch.sender });
  await ch.receiver.receive();
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.ok(ch.stats().size <= 4, `${ch.stats().size} items`);
  let received = 1;
  for await (const _ of ch.receiver) {
    received += 1;
    assert.ok(ch.stats().size <= 4);
  }
  assert.equal(received, 200);
  await worker.answer;
});

test("values of every kind and size arrive as structuredClone copies them", async () => {
  const there = sharedChannel<unknown>(3);
  const back = sharedChannel<unknown>(3);
  const worker = start({ do: "echo", from: there.receiver, out: back.sender });
  const values: unknown[] = [
    undefined,
    null,
    1.5,
    -7,
    12345678901234567890n,
    "text ü 💡",
    { a: [1, { b: "c" }], when: new Date(5) },
    new Map([["k", new Set([1, 2])]]),
    new Uint8Array([1, 2, 3]),
    "x".repeat(3000),
    new Uint8Array(300_000).fill(7),
    { rows: Array.from({ length: 20_000 }, (_, id) => ({ id, name: `row ${id}` })) },
    "y".repeat(2_000_000),
    "the last",
  ];
  const sending = (async () => {
    for (const value of values) await there.sender.send(value);
    there.sender.close();
  })();
  const got: unknown[] = [];
  for await (const value of back.receiver) got.push(value);
  await sending;
  assert.deepEqual(got, values);
  assert.equal(await worker.answer, "echoed");
});

test("a value that cannot be copied rejects its send alone", async () => {
  const ch = sharedChannel<unknown>(1, { name: "rows" });
  await assert.rejects(
    ch.sender.send(() => 1),
    { code: "NOT_CLONEABLE", message: /the item of channel "rows"/ },
  );
  assert.throws(() => ch.sender.trySend({ f: () => 1 }), { code: "NOT_CLONEABLE" });
  await ch.sender.send("fine");
  const waiting = ch.sender.send(Symbol.iterator);
  const next = ch.sender.send("too");
  assert.equal((await ch.receiver.receive()).value, "fine");
  await assert.rejects(waiting, { code: "NOT_CLONEABLE" });
  await next;
  assert.equal((await ch.receiver.receive()).value, "too");
});

test("an error given to close reaches the other thread with its class, message and cause", async () => {
  const ch = sharedChannel<number>(4);
  const worker = start({ do: "fail", out: ch.sender });
  assert.equal((await ch.receiver.receive()).value, 1);
  await assert.rejects(ch.receiver.receive(), (error) => {
    assert.ok(error instanceof RangeError);
    assert.equal(error.message, "out of rows");
    assert.equal((error.cause as Error).message, "disk");
    return true;
  });
  await assert.rejects(ch.receiver.receiveMany(2), RangeError);
  assert.equal(await worker.answer, "failed");
});

test("closing here ends a wait in the worker", async () => {
  const plain = sharedChannel<number>(1);
  const failed = sharedChannel<number>(1);
  const workers = [start({ do: "wait", from: plain.receiver }), start({ do: "wait", from: failed.receiver })];
  await new Promise((resolve) => setTimeout(resolve, 50));
  plain.close();
  failed.close(new TypeError("no more"));
  failed.close();
  assert.deepEqual(await workers[0]?.answer, { value: undefined, done: true });
  assert.equal(await workers[1]?.answer, "TypeError: no more");
});

test("closing while a sender in a worker waits rejects it", async () => {
  const ch = sharedChannel<number>(2);
  const worker = start({ do: "send", items: 100, out: ch.sender });
  const failed = assert.rejects(worker.answer, { code: "CHANNEL_CLOSED" });
  await ch.receiver.receive();
  ch.close();
  await failed;
  await worker.ended;
});

test("a task that dies leaves what it sent; who started it closes the channel", async () => {
  const ch = sharedChannel<number>(4);
  const worker = start({ do: "die", out: ch.sender });
  assert.equal(await worker.ended, 3);
  ch.close(new Error("the worker died"));
  assert.equal((await ch.receiver.receive()).value, 1);
  await assert.rejects(ch.receiver.receive(), /the worker died/);
});

test("a cancelled or timed-out wait leaves at once and takes nothing", async () => {
  const ch = sharedChannel<number>(1, { name: "shared" });
  const { sender, receiver } = ch;
  const abort = new AbortController();
  const first = receiver.receive({ signal: abort.signal });
  const second = receiver.receive();
  abort.abort("no");
  await assert.rejects(first, { code: "CANCELLED", reason: "no" });
  await assert.rejects(receiver.receive({ timeout: 3 }), { code: "TIMEOUT", message: /channel "shared"/ });
  await sender.send(1);
  assert.equal((await second).value, 1);
  await sender.send(2);
  await assert.rejects(sender.send(3, { timeout: 3 }), { code: "TIMEOUT" });
  const run = group(async (g) => {
    g.cancel();
    await receiver.receive();
  });
  await assert.rejects(run, { code: "CANCELLED" });
  assert.equal((await receiver.receive()).value, 2);
  assert.equal(receiver.tryReceive(), undefined);
  assert.deepEqual([receiver.stats().receivers, sender.stats().senders], [0, 0]);
});

test("the ends stand in select like any other", async () => {
  const ch = sharedChannel<number>(1);
  const { sender, receiver } = ch;
  assert.equal((await select({ in: receive(receiver), idle: after(2) })).key, "idle");
  assert.deepEqual(await select({ out: send(sender, 5) }), { key: "out", value: undefined });
  assert.equal((await select({ out: send(sender, 6) }, { default: true })).key, "default");
  assert.deepEqual(await select({ in: receive(receiver) }), { key: "in", value: 5, done: false });
  const waiting = select({ in: receive(receiver), idle: after(5000) });
  assert.equal(sender.trySend(7), true);
  assert.deepEqual(await waiting, { key: "in", value: 7, done: false });
  ch.close();
  assert.deepEqual(await select({ in: receive(receiver) }), { key: "in", value: undefined, done: true });
  await assert.rejects(select({ out: send(sender, 8) }), { code: "CHANNEL_CLOSED" });
});

test("first come, first served holds for waits on both ends", async () => {
  const { sender, receiver } = sharedChannel<number>(1);
  const got = [receiver.receive(), receiver.receive()];
  const sent = [1, 2, 3, 4].map((item) => sender.send(item));
  assert.deepEqual(
    (await Promise.all(got)).map(({ value }) => value),
    [1, 2],
  );
  assert.equal((await receiver.receive()).value, 3);
  assert.deepEqual(await receiver.receiveMany(5), [4]);
  await Promise.all(sent);
});

test("a large item is accepted once, and close waits until it is through", async () => {
  const { sender, receiver } = sharedChannel<Uint8Array>(2);
  const big = new Uint8Array(1_000_000).fill(9);
  await sender.send(big);
  const second = watched(sender.send(big));
  await settle();
  assert.equal(second.outcome, undefined, "the first one is still on its way");
  const got = receiver.receive();
  assert.deepEqual((await got).value, big);
  await settle();
  assert.deepEqual(second.outcome, { value: undefined });
  sender.close();
  assert.deepEqual((await receiver.receive()).value, big);
  assert.equal((await receiver.receive()).done, true);
});

test("a side has one user; disposing of it lets the next one go on where it stopped", async () => {
  const ch = sharedChannel<number>(4);
  const handle = structuredClone({ ...ch.sender });
  {
    using other = openSender<number>(handle);
    await other.send(1);
    await assert.rejects(ch.sender.send(2), { code: "BAD_OPTION", message: /one thread at a time/ });
    assert.throws(() => ch.sender.trySend(2), { code: "BAD_OPTION" });
  }
  await ch.sender.send(2);
  const reading = openReceiver<number>(structuredClone({ ...ch.receiver }));
  assert.equal((await reading.receive()).value, 1);
  await assert.rejects(ch.receiver.receive(), { code: "BAD_OPTION" });
  reading[Symbol.dispose]();
  assert.equal((await ch.receiver.receive()).value, 2);
});

test("what is no handle is refused", () => {
  const ch = sharedChannel<number>(1);
  assert.equal(openSender(ch.sender), ch.sender);
  assert.throws(() => openSender(ch.receiver as never), { code: "BAD_OPTION" });
  assert.throws(() => openReceiver({} as never), { code: "BAD_OPTION" });
  assert.throws(() => openSender({ kind: "sender", channel: "x", memory: new SharedArrayBuffer(64) }), {
    code: "BAD_OPTION",
  });
  for (const capacity of [0, -1, 1.5, Number.POSITIVE_INFINITY]) {
    assert.throws(() => sharedChannel(capacity), { code: "BAD_OPTION" });
  }
});
