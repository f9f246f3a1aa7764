import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { openReceiver, openSender } from "../../../src/channel/shared/ends.js";
import { sharedChannel } from "../../../src/channel/shared/shared-channel.js";
import { settle } from "../support.js";
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

test("an end that went through a structured clone is its handle", () => {
  const { sender, receiver } = sharedChannel<number>(1, { name: "x" });
  assert.deepEqual(Object.keys(structuredClone(sender)).sort(), ["channel", "kind", "memory"]);
  assert.equal(openReceiver(structuredClone(receiver)).name, "x");
});

test("looking at an end does not take its side", async () => {
  const ch = sharedChannel<number>(4);
  const sender = openSender<number>(structuredClone(ch.sender));
  const receiver = openReceiver<number>(structuredClone(ch.receiver));
  await sender.send(1);
  for (const end of [ch.sender, ch.receiver, sender, receiver]) {
    assert.deepEqual([end.size, end.closed, end.stats().size, end.capacity], [1, false, 1, 4]);
  }
  ch.close();
  for (const end of [ch.sender, ch.receiver, sender, receiver]) {
    assert.deepEqual([end.size, end.closed, end.stats().closed], [1, true, true]);
  }
  assert.equal((await receiver.receive()).value, 1);
  assert.equal((await receiver.receive()).done, true);
});

test("an end that was disposed of is not woken to take its side again", async () => {
  const ch = sharedChannel<number>(1);
  const waiting = ch.receiver.receive({ timeout: 5 });
  await assert.rejects(waiting, { code: "TIMEOUT" });
  ch.receiver[Symbol.dispose]();
  await ch.sender.send(1);
  await settle();
  const other = openReceiver<number>(structuredClone(ch.receiver));
  assert.equal((await other.receive()).value, 1);
});

test("an error too long for the memory keeps its class and the beginning of its message", async () => {
  const ch = sharedChannel<number>(1);
  const long = new RangeError("x".repeat(50_000), { cause: new Error("y".repeat(50_000)) });
  ch.close(long);
  await assert.rejects(ch.receiver.receive(), { name: "RangeError", message: /^x{500}$/ });
});

test("no ring is lost: two threads that wait for each other for every item go on", async () => {
  const [there, back] = [sharedChannel<number>(1), sharedChannel<number>(1)];
  const worker = start({ do: "echo", from: there.receiver, out: back.sender });
  for (let i = 0; i < 3000; i++) {
    await there.sender.send(i);
    // At times the other side has answered before we sleep, at times it sleeps before we have asked.
    if (i % 7 === 0) await settle();
    assert.equal((await back.receiver.receive()).value, i);
  }
  there.sender.close();
  assert.equal((await back.receiver.receive()).done, true);
  assert.equal(await worker.answer, "echoed");
});

test("two workers are joined by a channel that was made here", async () => {
  const [a, b] = [sharedChannel<number>(4), sharedChannel<number>(4)];
  const workers = [
    start({ do: "send", items: 2000, out: a.sender }),
    start({ do: "echo", from: a.receiver, out: b.sender }),
  ];
  const counter = start({ do: "count", from: b.receiver });
  assert.equal(await counter.answer, (1999 * 2000) / 2);
  for (const one of workers) await one.ended;
});
