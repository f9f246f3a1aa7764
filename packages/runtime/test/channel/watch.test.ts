import assert from "node:assert/strict";
import { test } from "node:test";
import { watch } from "../../src/channel/watch.js";
import { group } from "../../src/group/group.js";
import { settle, watched } from "./support.js";

test("a watch shows its latest value", () => {
  const w = watch(1);
  assert.equal(w.value, 1);
  w.set(2);
  w.set(3);
  assert.equal(w.value, 3);
});

test("changed waits for the next set and gives the latest value", async () => {
  const w = watch("a");
  const waiting = [w.changed(), w.changed()];
  w.set("b");
  w.set("c");
  assert.deepEqual(await Promise.all(waiting), ["c", "c"]);
  const later = watched(w.changed());
  await settle();
  assert.equal(later.outcome, undefined);
  w.set("c");
  await settle();
  assert.deepEqual(later.outcome, { value: "c" });
});

test("for await gives the value at once, then the latest; what was set meanwhile is skipped", async () => {
  const w = watch(0);
  const seen: number[] = [];
  const reading = (async () => {
    for await (const value of w) seen.push(value);
  })();
  await settle();
  w.set(1);
  w.set(2);
  w.set(3);
  await settle();
  w.set(4);
  w.close();
  await reading;
  assert.deepEqual(seen, [0, 3, 4]);
});

test("a slow loop never misses the last value", async () => {
  const w = watch(0);
  let last = -1;
  const reading = (async () => {
    for await (const value of w) {
      last = value;
      await settle();
    }
  })();
  for (let i = 1; i <= 20; i++) {
    w.set(i);
    if (i % 3 === 0) await settle();
  }
  w.close();
  await reading;
  assert.equal(last, 20);
});

test("an aborted or cancelled wait for a change leaves at once", async () => {
  const w = watch(0, { name: "settings" });
  const abort = new AbortController();
  const waiting = w.changed({ signal: abort.signal });
  assert.equal(w.stats().receivers, 1);
  abort.abort("no");
  assert.equal(w.stats().receivers, 0);
  await assert.rejects(waiting, { code: "CANCELLED", reason: "no" });
  await assert.rejects(w.changed({ timeout: 3 }), { code: "TIMEOUT", message: /watch "settings"/ });
  const run = group(async (g) => {
    g.cancel();
    for await (const _ of w) assert.fail("nothing is given in a cancelled group");
  });
  await assert.rejects(run, { code: "CANCELLED" });
});

test("closing ends loops and waits, and the value stays", async () => {
  const w = watch(1);
  const waiting = w.changed();
  const iterator = w[Symbol.asyncIterator]();
  assert.equal((await iterator.next()).value, 1);
  const next = iterator.next();
  w.close();
  w.close(new Error("later"));
  await assert.rejects(waiting, { code: "CHANNEL_CLOSED" });
  assert.deepEqual(await next, { value: undefined, done: true });
  await assert.rejects(w.changed(), { code: "CHANNEL_CLOSED" });
  assert.throws(() => w.set(2), { code: "CHANNEL_CLOSED" });
  assert.equal(w.value, 1);
  assert.equal(w.closed, true);
});

test("an error given to close reaches loops and waits", async () => {
  const boom = new Error("boom");
  const w = watch(1);
  const waiting = w.changed();
  w.close(boom);
  await assert.rejects(waiting, (error) => error === boom);
  const seen: number[] = [];
  await assert.rejects(
    async () => {
      for await (const value of w) seen.push(value);
    },
    (error) => error === boom,
  );
  assert.deepEqual(seen, [1]);
});

test("return() settles a pending next()", async () => {
  const w = watch(1);
  const iterator = w[Symbol.asyncIterator]();
  await iterator.next();
  const pending = [iterator.next(), iterator.next()];
  await settle();
  assert.deepEqual(await iterator.return(), { value: undefined, done: true });
  for (const result of await Promise.all(pending)) assert.deepEqual(result, { value: undefined, done: true });
  assert.equal(w.stats().receivers, 0);
});
