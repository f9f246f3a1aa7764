import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { channel } from "../../src/channel/channel.js";
import { group } from "../../src/group/group.js";
import { prometheus } from "../../src/metrics/prometheus.js";

test("a cancelled receiver leaves at once and the item goes to the next one", async () => {
  const ch = channel<number>(0);
  const abort = new AbortController();
  const first = ch.receive({ signal: abort.signal });
  const second = ch.receive();
  abort.abort("gone");
  assert.equal(ch.stats().receivers, 1);
  assert.equal(ch.trySend(1), true);
  await assert.rejects(first, { code: "CANCELLED", reason: "gone" });
  assert.equal((await second).value, 1);
});

test("a cancelled sender leaves at once and its item is never received", async () => {
  const ch = channel<number>(1);
  await ch.send(1);
  const abort = new AbortController();
  const second = ch.send(2, { signal: abort.signal });
  const third = ch.send(3);
  abort.abort();
  await assert.rejects(second, { code: "CANCELLED" });
  assert.equal((await ch.receive()).value, 1);
  assert.equal((await ch.receive()).value, 3);
  await third;
});

test("an item handed over before the cancel of the same turn belongs to the receiver", async () => {
  const ch = channel<number>(0);
  const abort = new AbortController();
  const received = ch.receive({ signal: abort.signal });
  assert.equal(ch.trySend(1), true);
  abort.abort();
  assert.equal((await received).value, 1);
});

test("an aborted signal refuses what could have happened at once", async () => {
  const ch = channel<number>(2);
  await ch.send(1);
  const signal = AbortSignal.abort("early");
  await assert.rejects(ch.receive({ signal }), { code: "CANCELLED", reason: "early" });
  await assert.rejects(ch.receiveMany(2, { signal }), { code: "CANCELLED" });
  await assert.rejects(ch.send(2, { signal }), { code: "CANCELLED" });
  assert.equal(ch.size, 1);
});

test("a timeout ends a wait, names the channel and leaves the queue", async () => {
  const ch = channel<number>(0, { name: "orders" });
  await assert.rejects(ch.receive({ timeout: 5 }), {
    code: "TIMEOUT",
    message: /receive from channel "orders"/,
  });
  await assert.rejects(ch.send(1, { timeout: 5 }), { code: "TIMEOUT", message: /send to channel "orders"/ });
  await assert.rejects(ch.receive({ timeout: 0 }), { code: "TIMEOUT" });
  assert.deepEqual([ch.stats().receivers, ch.stats().senders], [0, 0]);
});

test("with timeout 0, what is there at once is taken", async () => {
  const ch = channel<number>(1);
  await ch.send(1, { timeout: 0 });
  assert.equal((await ch.receive({ timeout: 0 })).value, 1);
});

test("in a cancelled group every further send and receive is refused, and takes nothing", async () => {
  const ch = channel<number>(2);
  await ch.send(1);
  const codes: unknown[] = [];
  const note = (error: { code?: unknown }) => codes.push(error.code);
  const run = group(async (g) => {
    g.cancel("stop");
    for (let i = 0; i < 2; i++) {
      await ch.receive().catch(note);
      await ch.send(2).catch(note);
      await ch.receiveMany(2).catch(note);
    }
    for await (const _ of ch) assert.fail("nothing is received in a cancelled group");
  });
  await assert.rejects(run, { code: "CANCELLED", reason: "stop" });
  assert.deepEqual(codes, Array(6).fill("CANCELLED"));
  assert.equal(ch.size, 1);
});

test("cancelling a group frees its waits on channels for others", async () => {
  const ch = channel<number>(0);
  let stop = () => {};
  const run = group(async (g) => {
    stop = () => g.cancel();
    for (let i = 0; i < 3; i++) g.spawn(() => ch.receive());
  });
  await turn();
  assert.equal(ch.stats().receivers, 3);
  const outside = ch.receive();
  stop();
  assert.equal(ch.stats().receivers, 1);
  await ch.send(1);
  assert.equal((await outside).value, 1);
  await assert.rejects(run, { code: "CANCELLED" });
});

test("an item sent while a group is being cancelled passes its receivers by", async () => {
  const ch = channel<number>(0);
  let cancel = () => {};
  const run = group(async (g) => {
    cancel = () => g.cancel();
    await g.spawn(() => ch.receive());
  });
  const outside = ch.receive();
  // Told when the group is marked as cancelled and its task's wait still stands in the queue.
  const sendNow = () => assert.equal(ch.trySend(1), true);
  subscribe("heddle:group:cancel", sendNow);
  cancel();
  unsubscribe("heddle:group:cancel", sendNow);
  assert.equal((await outside).value, 1);
  await assert.rejects(run, { code: "CANCELLED" });
});

test("size, capacity, name and stats tell the state, and stats are frozen", async () => {
  const ch = channel<number>(2, { name: "state" });
  const sends = [1, 2, 3].map((item) => ch.send(item));
  await ch.receive();
  const { name, capacity, size } = ch;
  assert.deepEqual({ name, capacity, size }, { name: "state", capacity: 2, size: 2 });
  const stats = ch.stats();
  assert.deepEqual(
    { ...stats },
    {
      name: "state",
      capacity: 2,
      size: 2,
      senders: 0,
      receivers: 0,
      sent: 3,
      received: 1,
      closed: false,
    },
  );
  assert.ok(Object.isFrozen(stats));
  const full = ch.send(4).catch(() => {});
  assert.equal(ch.stats().senders, 1);
  ch.close();
  await Promise.all([...sends, full]);
});

test("a capacity that is no whole number from 0 up is refused", () => {
  for (const capacity of [-1, 1.5, Number.NaN, "3" as unknown as number, undefined as unknown as number]) {
    assert.throws(() => channel(capacity), { code: "BAD_OPTION" });
  }
  assert.throws(() => channel(1, { name: 5 as unknown as string }), { code: "BAD_OPTION" });
  assert.equal(channel(Number.POSITIVE_INFINITY).capacity, Number.POSITIVE_INFINITY);
});

test("waits and closing are told on diagnostics channels", async () => {
  const heard: unknown[] = [];
  const listener = (message: unknown) => heard.push(message);
  const names = ["heddle:channel:wait", "heddle:channel:close"];
  for (const name of names) subscribe(name, listener);
  try {
    const ch = channel<number>(0, { name: "told" });
    const received = ch.receive();
    await ch.send(1);
    await received;
    const lost = ch.send(2).catch(() => {});
    ch.close();
    await lost;
  } finally {
    for (const name of names) unsubscribe(name, listener);
  }
  assert.deepEqual(heard, [
    { channel: "told", side: "receive" },
    { channel: "told", side: "send" },
    { channel: "told", error: undefined },
  ]);
});

test("a named channel is in the metrics until it is closed and drained; its totals stay", async () => {
  const ch = channel<number>(5, { name: "measured" });
  await ch.send(1);
  await ch.send(2);
  await ch.receive();
  assert.match(prometheus(), /heddle_channel_items\{channel="measured"\} 1/);
  assert.match(prometheus(), /heddle_channel_items_total\{channel="measured",side="send"\} 2/);
  ch.close();
  assert.match(prometheus(), /heddle_channel_items\{channel="measured"\} 1/);
  await ch.receive();
  assert.doesNotMatch(prometheus(), /heddle_channel_items\{channel="measured"\}/);
  assert.match(prometheus(), /heddle_channel_items_total\{channel="measured",side="receive"\} 2/);
});

test("a channel used without a break lets the event loop turn", async () => {
  for (const capacity of [0, 8]) {
    const ch = channel<number>(capacity);
    let turned = false;
    void turn().then(() => {
      turned = true;
    });
    const sender = (async () => {
      for (let i = 0; i < 3_000_000 && !turned; i++) await ch.send(i);
      ch.close();
    })();
    for await (const _ of ch);
    await sender;
    assert.equal(turned, true);
  }
});

test("twenty thousand cancelled waits leave, from the front, the middle and the back", async () => {
  const ch = channel<number>(0);
  const aborts = Array.from({ length: 20_000 }, () => new AbortController());
  const waits = aborts.map(({ signal }) => ch.receive({ signal }).catch(() => undefined));
  const last = ch.receive();
  for (let i = 0; i < aborts.length; i += 2) aborts[i]?.abort(i);
  for (let i = aborts.length - 1; i >= 0; i--) aborts[i]?.abort(i);
  assert.equal(ch.stats().receivers, 1);
  ch.trySend(9);
  assert.equal((await last).value, 9);
  assert.ok((await Promise.all(waits)).every((value) => value === undefined));
});
