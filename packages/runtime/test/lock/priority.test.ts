import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { group } from "../../src/group/group.js";
import { ambient, type Scope } from "../../src/group/scope.js";
import { Mutex } from "../../src/lock/index.js";
import { lentPriority, onLend, runsFor } from "../../src/lock/priority.js";

/** What a pool would do: it keeps the scope in which each call was made, and hears of what is lent. */
function pool(): { calls: Map<string, { scope: Scope | undefined; priority: number }>; stop: () => void } {
  const calls = new Map<string, { scope: Scope | undefined; priority: number }>();
  const stop = onLend((task, priority) => {
    for (const call of calls.values()) {
      if (call.scope !== undefined && runsFor(call.scope, task))
        call.priority = Math.max(call.priority, priority);
    }
  });
  return { calls, stop };
}

test("a waiter of high priority lends it to the holder's queued calls, for as long as it waits", async () => {
  const { calls, stop } = pool();
  const mutex = new Mutex();
  await group(async (g) => {
    const abort = new AbortController();
    let inHolder: Scope | undefined;
    const holder = g.spawn(async () => {
      using _guard = await mutex.acquire();
      inHolder = ambient();
      calls.set("holder", { scope: inHolder, priority: 0 });
      await turn();
      await turn();
      await turn();
    });
    await turn();
    calls.set("other", { scope: ambient(), priority: 0 });
    const waiting = g.spawn(() => mutex.acquire({ priority: 7, signal: abort.signal }).catch(() => {}));
    assert.equal(calls.get("holder")?.priority, 7);
    assert.equal(calls.get("other")?.priority, 0);
    assert.equal(lentPriority(inHolder), 7);
    abort.abort();
    await waiting;
    assert.equal(lentPriority(inHolder), Number.NEGATIVE_INFINITY);
    await holder;
  });
  stop();
});

test("it goes on to the next holder, and along a chain of locks", async () => {
  const { calls, stop } = pool();
  const a = new Mutex();
  const b = new Mutex();
  await group(async (g) => {
    const scopes = new Map<string, Scope | undefined>();
    const last = g.spawn(async () => {
      using _b = await b.acquire();
      scopes.set("last", ambient());
      calls.set("last", { scope: ambient(), priority: 1 });
      for (let i = 0; i < 5; i++) await turn();
    });
    const middle = g.spawn(async () => {
      using _a = await a.acquire();
      using _b = await b.acquire();
    });
    await turn();
    const first = g.spawn(async () => void (await a.acquire({ priority: 9 }))[Symbol.dispose]());
    assert.equal(calls.get("last")?.priority, 9);
    assert.equal(lentPriority(scopes.get("last")), 9);
    await Promise.all([last, middle, first]);
    assert.equal(lentPriority(scopes.get("last")), Number.NEGATIVE_INFINITY);
  });
  stop();
});

test("the queue of the lock itself stays first come, first served", async () => {
  const mutex = new Mutex();
  const order: string[] = [];
  const take = async (name: string, priority: number) => {
    using _guard = await mutex.acquire({ priority });
    order.push(name);
  };
  const guard = await mutex.acquire();
  const all = [take("low", 0), take("high", 5)];
  guard.release();
  await Promise.all(all);
  assert.deepEqual(order, ["low", "high"]);
});
