import assert from "node:assert/strict";
import { test } from "node:test";
import { after, receive, send } from "../../src/channel/cases.js";
import { setChance } from "../../src/channel/chance.js";
import { channel } from "../../src/channel/channel.js";
import { select } from "../../src/channel/select.js";
import { group } from "../../src/group/group.js";
import { seeded } from "../../src/testing/random.js";
import { settle } from "./support.js";

test("a select that lost to a timer does not swallow the next item or wake-up", async () => {
  const [a, b, c] = [channel<number>(0), channel<number>(0), channel<number>(0)];
  const first = select({ a: receive(a), b: receive(b) });
  const second = select({ b: receive(b), c: receive(c) });
  await c.send(1);
  assert.deepEqual(await second, { key: "c", value: 1, done: false });
  await b.send(2);
  assert.deepEqual(await first, { key: "b", value: 2, done: false });
});

test("a cancelled select leaves all of its queues at once", async () => {
  const [a, b] = [channel<number>(0), channel<number>(0)];
  const abort = new AbortController();
  const waiting = select({ a: receive(a), b: send(b, 1), idle: after(10_000) }, { signal: abort.signal });
  abort.abort("no");
  assert.deepEqual([a.stats().receivers, b.stats().senders], [0, 0]);
  await assert.rejects(waiting, { code: "CANCELLED", reason: "no" });
  await assert.rejects(select({ a: receive(a) }, { timeout: 3 }), { code: "TIMEOUT" });
  assert.equal(a.stats().receivers, 0);
});

test("in a cancelled group a select is refused even if a case is ready", async () => {
  const ch = channel<number>(1);
  await ch.send(1);
  const run = group(async (g) => {
    g.cancel();
    await select({ in: receive(ch) });
  });
  await assert.rejects(run, { code: "CANCELLED" });
  assert.equal(ch.size, 1);
});

test("the item of a cancelled group's select goes to the next receiver", async () => {
  const ch = channel<number>(0);
  let stop = () => {};
  const run = group(async (g) => {
    stop = () => {
      g.cancel();
      assert.equal(ch.trySend(1), true);
    };
    await select({ in: receive(ch), idle: after(10_000) });
  });
  const next = ch.receive();
  stop();
  await assert.rejects(run, { code: "CANCELLED" });
  assert.equal((await next).value, 1);
});

test("ready cases are chosen with equal chances, wherever they stand", async () => {
  setChance(seeded(7));
  try {
    const ready = [channel<number>(1), channel<number>(1), channel<number>(1)];
    const [a, b, c] = ready as [(typeof ready)[0], (typeof ready)[0], (typeof ready)[0]];
    const never = channel<number>(0);
    const counts: Record<string, number> = { a: 0, b: 0, c: 0 };
    for (let i = 0; i < 6000; i++) {
      for (const one of ready) one.trySend(i);
      const { key } = await select({
        a: receive(a),
        n1: receive(never),
        n2: receive(never),
        b: receive(b),
        c: receive(c),
      });
      counts[key] = (counts[key] ?? 0) + 1;
    }
    for (const count of Object.values(counts))
      assert.ok(Math.abs(count - 2000) < 200, JSON.stringify(counts));
  } finally {
    setChance();
  }
});

test("a seed repeats the choices", async () => {
  const run = async (seed: number) => {
    setChance(seeded(seed));
    const [a, b] = [channel<number>(1), channel<number>(1)];
    let keys = "";
    for (let i = 0; i < 64; i++) {
      a.trySend(i);
      b.trySend(i);
      keys += (await select({ a: receive(a), b: receive(b) })).key;
    }
    return keys;
  };
  try {
    assert.equal(await run(3), await run(3));
    assert.notEqual(await run(3), await run(4));
  } finally {
    setChance();
  }
});

test("a waiting select case is served in its turn among other waiters", async () => {
  const ch = channel<string>(0);
  const order: string[] = [];
  const note = (name: string) => () => void order.push(name);
  const all = [
    ch.receive().then(note("first")),
    select({ in: receive(ch), idle: after(10_000) }).then(note("second")),
    ch.receive().then(note("third")),
  ];
  for (const item of ["x", "y", "z"]) {
    await ch.send(item);
    await settle();
  }
  await Promise.all(all);
  assert.deepEqual(order, ["first", "second", "third"]);
});
