import assert from "node:assert/strict";
import { test } from "node:test";
import { aborted, after, joined, receive, send } from "../../src/channel/cases.js";
import { channel } from "../../src/channel/channel.js";
import { select } from "../../src/channel/select.js";
import { group } from "../../src/group/group.js";
import { settle, watched } from "./support.js";

test("a ready receive case is taken and the others lose nothing", async () => {
  const [a, b] = [channel<number>(1), channel<string>(1)];
  await a.send(1);
  assert.deepEqual(await select({ a: receive(a), b: receive(b), idle: after(1000) }), {
    key: "a",
    value: 1,
    done: false,
  });
  assert.deepEqual([a.stats().receivers, b.stats().receivers], [0, 0]);
  assert.equal(b.trySend("kept"), true);
  assert.equal(b.size, 1);
});

test("a send case is accepted exactly when it is the result", async () => {
  const [a, b] = [channel<number>(1), channel<number>(0)];
  assert.deepEqual(await select({ a: send(a, 1), b: send(b, 2) }), { key: "a", value: undefined });
  assert.equal(a.size, 1);
  const full = watched(select({ a: send(a, 3), b: send(b, 4) }));
  await settle();
  assert.equal(full.outcome, undefined);
  assert.deepEqual(await b.receive(), { value: 4, done: false });
  await settle();
  assert.deepEqual(full.outcome, { value: { key: "b", value: undefined } });
  assert.deepEqual(await a.receive(), { value: 1, done: false });
  assert.equal(a.tryReceive(), undefined);
});

test("two selects meet at a rendezvous", async () => {
  const ch = channel<number>(0);
  const offer = select({ out: send(ch, 5), idle: after(1000) });
  assert.deepEqual(await select({ in: receive(ch), idle: after(1000) }), {
    key: "in",
    value: 5,
    done: false,
  });
  assert.deepEqual(await offer, { key: "out", value: undefined });
});

test("a select never meets itself", async () => {
  const ch = channel<number>(0);
  const both = watched(select({ in: receive(ch), out: send(ch, 1) }));
  await settle();
  assert.equal(both.outcome, undefined);
  assert.equal((await ch.receive()).value, 1);
  await settle();
  assert.deepEqual(both.outcome, { value: { key: "out", value: undefined } });
  assert.deepEqual([ch.stats().senders, ch.stats().receivers], [0, 0]);
});

test("the same channel may stand in several cases; one item makes one of them happen", async () => {
  const ch = channel<number>(0);
  const first = select({ a: receive(ch), b: receive(ch), c: receive(ch) });
  assert.equal(ch.stats().receivers, 3);
  await ch.send(1);
  assert.deepEqual(await first, { key: "a", value: 1, done: false });
  assert.equal(ch.stats().receivers, 0);
  const second = select({ a: send(ch, 10), b: send(ch, 20) });
  assert.equal((await ch.receive()).value, 10);
  assert.equal((await second).key, "a");
  assert.equal(ch.tryReceive(), undefined);
});

test("a closed, drained channel is ready with done", async () => {
  const [a, b] = [channel<number>(1), channel<number>(1)];
  await a.send(1);
  a.close();
  assert.deepEqual(await select({ a: receive(a), b: receive(b) }), { key: "a", value: 1, done: false });
  assert.deepEqual(await select({ a: receive(a), b: receive(b) }), {
    key: "a",
    value: undefined,
    done: true,
  });
  const waiting = select({ b: receive(b), idle: after(1000) });
  b.close();
  assert.deepEqual(await waiting, { key: "b", value: undefined, done: true });
});

test("a channel closed with an error rejects the select, waiting or not", async () => {
  const ch = channel<number>(1);
  const boom = new Error("boom");
  const waiting = select({ in: receive(ch), idle: after(1000) });
  ch.close(boom);
  await assert.rejects(waiting, (error) => error === boom);
  await assert.rejects(select({ in: receive(ch) }), (error) => error === boom);
});

test("a send case of a closed channel is ready and rejects", async () => {
  const ch = channel<number>(0, { name: "gone" });
  const waiting = select({ out: send(ch, 1), idle: after(1000) });
  ch.close();
  await assert.rejects(waiting, { code: "CHANNEL_CLOSED", message: /"gone"/ });
  await assert.rejects(select({ out: send(ch, 1) }, { default: true }), { code: "CHANNEL_CLOSED" });
});

test("undefined switches a case off, in place of the case or of what it waits for", async () => {
  const ch = channel<number>(1);
  await ch.send(1);
  const none = undefined as typeof ch | undefined;
  const result = await select({
    off: receive(none),
    out: send(none, 1),
    signal: aborted(undefined),
    task: joined(undefined),
    gone: undefined,
    on: receive(ch),
  });
  assert.deepEqual(result, { key: "on", value: 1, done: false });
});

test("default is the result when nothing is ready, and only then", async () => {
  const ch = channel<number>(1);
  assert.deepEqual(await select({ in: receive(ch) }, { default: true }), {
    key: "default",
    value: undefined,
  });
  await ch.send(1);
  assert.equal((await select({ in: receive(ch) }, { default: true })).key, "in");
  assert.deepEqual(await select({}, { default: true }), { key: "default", value: undefined });
  assert.equal(ch.stats().receivers, 0);
});

test("an empty select without default rejects, and so does one whose cases are all off", async () => {
  await assert.rejects(select({}), { code: "DEADLOCK", message: /no cases/ });
  await assert.rejects(select({ a: receive<number>(undefined) }), { code: "DEADLOCK", message: /\(a\)/ });
  await assert.rejects(select({}, { timeout: 5 }), { code: "TIMEOUT" });
});

test("default is a reserved key, and a case must be made by a case function", async () => {
  const ch = channel<number>(1);
  const cases = { default: receive(ch) } as unknown as { a: ReturnType<typeof receive<number>> };
  await assert.rejects(select(cases), { code: "BAD_OPTION", message: /reserved/ });
  const wrong = { a: ch.receive } as unknown as { a: ReturnType<typeof receive<number>> };
  await assert.rejects(select(wrong), { code: "BAD_OPTION", message: /case "a"/ });
  await assert.rejects(select(null as never), { code: "BAD_OPTION" });
  assert.throws(() => receive({} as typeof ch), { code: "BAD_OPTION" });
  assert.throws(() => send({} as typeof ch, 1), { code: "BAD_OPTION" });
  assert.throws(() => after(-1), { code: "BAD_OPTION" });
  assert.throws(() => aborted({} as AbortSignal), { code: "BAD_OPTION" });
  assert.throws(() => joined({} as never), { code: "BAD_OPTION" });
});

test("after happens when nothing else has", async () => {
  const ch = channel<number>(0);
  assert.deepEqual(await select({ in: receive(ch), idle: after(5) }), { key: "idle", value: undefined });
  assert.equal(ch.stats().receivers, 0);
  await ch.send(1, { timeout: 0 }).catch(({ code }) => assert.equal(code, "TIMEOUT"));
});

test("a timer starts when select is called, so a case can be given again", async () => {
  const [idle, ch] = [after(20), channel<number>(1)];
  for (let i = 0; i < 2; i++) {
    await ch.send(i);
    assert.equal((await select({ in: receive(ch), idle })).key, "in");
  }
  const began = performance.now();
  assert.equal((await select({ in: receive(ch), idle })).key, "idle");
  assert.ok(performance.now() - began >= 15);
});

test("aborted happens with the signal's reason, at once when it is aborted already", async () => {
  const abort = new AbortController();
  const ch = channel<number>(0);
  const waiting = select({ in: receive(ch), stop: aborted(abort.signal) });
  abort.abort("why");
  assert.deepEqual(await waiting, { key: "stop", value: "why" });
  assert.deepEqual(await select({ in: receive(ch), stop: aborted(abort.signal) }), {
    key: "stop",
    value: "why",
  });
  assert.equal(ch.stats().receivers, 0);
});

test("joined tells how a task ended, at once when it has ended already", async () => {
  await group(async (g) => {
    const ch = channel<number>(0);
    const task = g.spawn(async () => {
      await ch.receive();
      return 42;
    });
    const waiting = select({ end: joined(task), idle: after(1000) });
    await ch.send(1);
    const end = { key: "end", value: { status: "fulfilled", value: 42 } };
    assert.deepEqual(await waiting, end);
    assert.deepEqual(await select({ end: joined(task), in: receive(ch) }), end);
  });
});

test("joined gives the failure of a task as a value, and counts as having seen it", async () => {
  const boom = new Error("boom");
  await group(
    async (g) => {
      const task = g.spawn(async () => {
        throw boom;
      });
      assert.deepEqual(await select({ end: joined(task) }), {
        key: "end",
        value: { status: "rejected", reason: boom },
      });
    },
    { onError: "collect" },
  );
});
