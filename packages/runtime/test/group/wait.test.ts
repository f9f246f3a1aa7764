import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { isHeddleError } from "../../src/error/base.js";
import { ready } from "../../src/group/slice.js";
import {
  park,
  refusal,
  setWaitObserver,
  Waiter,
  type WaitOptions,
  type WaitRecord,
} from "../../src/group/wait.js";
import { WaitQueue } from "../../src/group/wait-queue.js";

const queue = new WaitQueue<Waiter<number>>("a test");

function wait(options?: WaitOptions): Promise<number> {
  const refused = refusal(undefined, options);
  if (refused !== undefined) return refused;
  const waiter = new Waiter<number>();
  queue.push(waiter);
  return park(waiter, undefined, options, queue.resource);
}

function give(value: number): boolean {
  for (let waiter = queue.shift(); waiter !== undefined; waiter = queue.shift()) {
    if (waiter.grant(value)) return true;
  }
  return false;
}

test("waits are granted first in, first out", async () => {
  const both = [wait(), wait()];
  assert.equal(give(1), true);
  assert.equal(give(2), true);
  assert.equal(give(3), false);
  assert.deepEqual(await Promise.all(both), [1, 2]);
});

test("an aborted wait leaves its queue at once and the next one is served", async () => {
  const abort = new AbortController();
  const first = wait({ signal: abort.signal });
  const second = wait();
  abort.abort("gone");
  assert.equal(queue.size, 1);
  assert.equal(give(7), true);
  await assert.rejects(first, { code: "CANCELLED", reason: "gone" });
  assert.equal(await second, 7);
});

test("a grant and an abort in the same turn go to exactly one: the first", async () => {
  const abort = new AbortController();
  const promise = wait({ signal: abort.signal });
  assert.equal(give(1), true);
  abort.abort();
  assert.equal(await promise, 1);
});

test("an aborted signal refuses before anything is taken", async () => {
  await assert.rejects(wait({ signal: AbortSignal.abort("early") }), { code: "CANCELLED", reason: "early" });
  assert.equal(queue.size, 0);
});

test("a timeout rejects with TimeoutError and leaves the queue", async () => {
  await assert.rejects(wait({ timeout: 5 }), (error) => isHeddleError(error, "TIMEOUT"));
  assert.equal(queue.size, 0);
  await assert.rejects(wait({ timeout: 0 }), { code: "TIMEOUT" });
  await assert.rejects(wait({ deadline: Date.now() - 1000 }), { code: "TIMEOUT" });
});

test("a wrong option is named and rejected", async () => {
  for (const timeout of [-1, Number.NaN, "5" as unknown as number]) {
    await assert.rejects(wait({ timeout }), { code: "BAD_OPTION" });
  }
  await assert.rejects(wait({ signal: {} as AbortSignal }), /signal must be an AbortSignal/);
});

test("ten thousand waits on one signal add one listener and remove it", async () => {
  const abort = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = abort.signal;
  abort.signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    listeners += 1;
    addEventListener.apply(abort.signal, args);
  };
  abort.signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    listeners -= 1;
    removeEventListener.apply(abort.signal, args);
  };
  const all = Array.from({ length: 10_000 }, () => wait({ signal: abort.signal }));
  assert.equal(listeners, 1);
  for (let i = 0; i < all.length; i++) give(i);
  await Promise.all(all);
  assert.equal(listeners, 0);
});

test("an observer sees each parked wait begin and end once", async () => {
  const seen: string[] = [];
  const open = new Set<WaitRecord>();
  setWaitObserver({
    begin(waiter, resource) {
      open.add(waiter);
      seen.push(`begin ${String(resource)}`);
    },
    end(waiter) {
      seen.push(open.delete(waiter) ? "end" : "unknown");
    },
  });
  try {
    const promise = wait();
    const lost = wait({ timeout: 0 });
    give(1);
    await promise;
    await assert.rejects(lost);
  } finally {
    setWaitObserver(undefined);
  }
  assert.deepEqual(seen, ["begin a test", "begin a test", "end", "end"]);
});

test("waits that complete at once still let the event loop turn", async () => {
  let turned = false;
  void turn().then(() => {
    turned = true;
  });
  for (let i = 0; i < 5_000_000 && !turned; i++) await ready(i);
  assert.equal(turned, true);
});

test("two waits that resume each other let the event loop turn", async () => {
  let turned = false;
  void turn().then(() => {
    turned = true;
  });
  const pong = async () => {
    for (let i = 0; i < 2_000_000 && !turned; i++) {
      const mine = wait();
      if (queue.size > 1) give(i);
      await mine;
    }
    give(0);
  };
  await Promise.all([pong(), pong()]);
  assert.equal(turned, true);
});
