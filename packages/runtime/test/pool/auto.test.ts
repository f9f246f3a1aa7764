import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { pool } from "../../src/index.js";
import { Budget } from "../../src/pool/auto-budget.js";
import { Profile } from "../../src/pool/auto-profile.js";

const module = new URL("../fixtures/auto-tasks.js", import.meta.url);
type Tasks = typeof import("../fixtures/auto-tasks.js");
type Cpu = ReturnType<typeof open>;

const open = (options: Parameters<typeof pool>[1] = {}) =>
  pool<Tasks>(module, { threads: 1, place: "auto", nice: 0, ...options });

/** Calls until the function is seen on the loop, or the patience is at its end. */
async function callUntilInline(cpu: Cpu, name: "tiny" | "isMain", calls = 20_000): Promise<boolean> {
  const until = performance.now() + 20_000;
  for (let n = 0; n < calls && performance.now() < until; n++) {
    await cpu.run(name, [n]);
    if ((cpu.stats().inline.functions[name]?.inlineCalls ?? 0) > 0) return true;
    if (n % 16 === 0) await turn();
  }
  return false;
}

/** Calls until the next call of that function would run on the loop: an interrupted run sends it back at any time. */
async function toTheLoop(cpu: Cpu, name: string, warmUp: () => Promise<unknown>): Promise<void> {
  const until = performance.now() + 30_000;
  while (cpu.stats().inline.functions[name]?.place !== "loop" && performance.now() < until) await warmUp();
}

/**
 * Makes the call until it ran on the loop, after warming up as often as that takes: the bound on the loop's time may send any
 * single call to a thread, and a run that was interrupted sends its function back.
 */
async function inline<T>(
  cpu: Cpu,
  name: string,
  warmUp: () => Promise<unknown>,
  call: () => Promise<T>,
): Promise<T> {
  const until = performance.now() + 30_000;
  const stats = () => cpu.stats().inline.functions[name];
  while (performance.now() < until) {
    await toTheLoop(cpu, name, warmUp);
    const before = stats()?.inlineCalls ?? 0;
    const result = await call();
    if ((stats()?.inlineCalls ?? 0) > before) return result;
    await turn();
  }
  throw new Error(`${name} was never run on the loop: ${JSON.stringify(stats())}`);
}

describe('place: "auto"', () => {
  it("starts in the threads and moves to the loop what is cheaper there", async () => {
    await using cpu = open();
    assert.equal(await cpu.run("isMain", [0]), false);
    assert.ok(await callUntilInline(cpu, "isMain"), JSON.stringify(cpu.stats().inline));
    assert.equal(
      await inline(
        cpu,
        "isMain",
        () => cpu.run("isMain", [0]),
        () => cpu.run("isMain", [0]),
      ),
      true,
    );
    const { calls, handOverUs, functions } = cpu.stats().inline;
    const { isMain } = functions;
    assert.equal(calls, isMain?.inlineCalls);
    assert.ok((isMain?.threadCalls ?? 0) >= 32, "at least 32 runs were measured in threads");
    assert.ok((isMain?.meanUs ?? 99) < handOverUs);
    assert.equal(isMain?.place, "loop");
  });

  it("counts calls on the loop as completed or failed", async () => {
    await using cpu = open();
    await callUntilInline(cpu, "tiny");
    const { completed, inline: inlined } = cpu.stats();
    const { inlineCalls = 0, threadCalls = 0 } = inlined.functions["tiny"] ?? {};
    assert.ok(inlineCalls > 0);
    assert.equal(completed, inlineCalls + threadCalls);
  });

  it("never runs on the loop what takes long", async () => {
    await using cpu = open();
    for (let n = 0; n < 100; n++) await cpu.run("slow", [1]);
    const { calls, functions } = cpu.stats().inline;
    assert.equal(calls, 0);
    assert.equal(functions["slow"]?.threadCalls, 100);
    assert.equal(functions["slow"]?.place, "thread");
  });

  it("sends a function that turns out slow back to the threads at once", async () => {
    await using cpu = open();
    const name = "slowWhenAsked";
    await inline(
      cpu,
      name,
      () => cpu.run(name, [0]),
      () => cpu.run(name, [20]),
    );
    const after = cpu.stats().inline.functions[name];
    assert.equal(after?.place, "thread");
    assert.equal(await cpu.run(name, [0]), 0);
    assert.equal(cpu.stats().inline.functions[name]?.inlineCalls, after?.inlineCalls);
  });

  it("never runs async functions and generators on the loop, and plain ones that give a promise once at most", async () => {
    await using cpu = open();
    for (let n = 0; n < 2_000; n++) {
      assert.equal(await cpu.run("asynchronous", [n]), n);
      assert.equal(await cpu.run("promising", [n]), n);
    }
    const { functions } = cpu.stats().inline;
    assert.equal(functions["asynchronous"]?.inlineCalls, 0);
    assert.ok((functions["promising"]?.inlineCalls ?? 2) <= 1);
    assert.equal(functions["promising"]?.place, "thread");
  });

  it("leaves calls with objects or with options to the threads", async () => {
    await using cpu = open();
    for (let n = 0; n < 50; n++) {
      await toTheLoop(cpu, "isMain", () => cpu.run("isMain", [0]));
      assert.equal(await cpu.run("isMain", [{}]), false);
      assert.equal(await cpu.run("isMain", [0], { timeout: 10_000 }), false);
      const { signal } = new AbortController();
      assert.equal(await cpu.run("isMain", [0], { signal }), false);
    }
    const aborted = cpu.run("isMain", [0], { signal: AbortSignal.abort("no") });
    await assert.rejects(aborted, { code: "CANCELLED" });
  });

  it("gives results and errors as they come from a thread", async () => {
    await using cpu = open();
    const call = (kind: string) => () => cpu.run("various", [kind]).catch((error: unknown) => error);
    const seen = (kind: string) => inline(cpu, "various", call("number"), call(kind));
    const first = await seen("kept");
    const second = await seen("kept");
    assert.deepEqual(first, { list: [1, 2] });
    assert.notEqual(first, second, "a copy each time");
    const thrown = (await seen("error")) as RangeError & { detail: number };
    assert.ok(thrown instanceof RangeError);
    assert.deepEqual([thrown.message, thrown.detail], ["of the task", 7]);
    assert.equal((thrown.cause as Error).message, "the cause");
    const refused = (await seen("function")) as Error;
    assert.match(refused.message, /the result of various cannot be sent/);
    assert.equal(await seen("value thrown"), 42);
  });

  it("has a task() that works on the loop", async () => {
    const user = new AsyncLocalStorage<unknown>();
    await using cpu = open({ carry: { user } });
    const call = () => cpu.run("context", []);
    const mine = { id: 7 };
    const seen = await user.run(mine, () => inline(cpu, "context", call, call));
    assert.deepEqual(seen, { aborted: false, deadline: undefined, user: { id: 7 } });
  });

  it("takes no more calls on the loop once the pool is closed", async () => {
    const cpu = open();
    assert.ok(await callUntilInline(cpu, "tiny"));
    await cpu.close();
    await assert.rejects(cpu.run("tiny", [1]), { code: "CLOSED" });
  });

  it("works for a module that can only be loaded in a worker", async () => {
    const worker = new URL("../fixtures/worker-only-tasks.js", import.meta.url);
    await using cpu = pool(worker, { threads: 1, place: "auto", nice: 0 });
    for (let n = 0; n < 500; n++) assert.equal(await cpu.run("tiny", [n]), n);
    assert.equal(cpu.stats().inline.calls, 0);
  });
});

describe('place: "thread"', () => {
  it("runs nothing on the loop", async () => {
    await using cpu = open({ place: "thread" });
    for (let n = 0; n < 500; n++) assert.equal(await cpu.run("isMain", [n]), false);
    assert.equal(cpu.stats().inline.calls, 0);
  });
});

describe("the share of the loop's time", () => {
  it("is at most 5 ms of any 100, beside the last run", () => {
    const budget = new Budget();
    const runMs = 0.05;
    const ran: number[] = [];
    for (let now = 1_000; now < 1_500; now += runMs) {
      if (!budget.allows(now)) continue;
      budget.spend(runMs);
      ran.push(now);
    }
    assert.ok(ran.length > 100, "what is allowed is used");
    for (const from of ran) {
      const inWindow = ran.filter((at) => at >= from && at < from + 100).length;
      assert.ok(inWindow * runMs <= 5 + runMs * 2, `${inWindow} runs in 100 ms`);
    }
  });

  it("is paid back after a run that took too long", () => {
    const budget = new Budget();
    assert.ok(budget.allows(1_000));
    budget.spend(41);
    assert.ok(!budget.allows(1_041));
    assert.ok(!budget.allows(1_900));
    assert.ok(budget.allows(2_100));
  });
});

describe("what is known of a function", () => {
  const HAND_OVER = 5_000;
  const feed = (profile: Profile, runs: number, ns: number) => {
    for (let run = 1; run <= runs; run++) if (profile.ranInThread(ns, HAND_OVER)) return run;
    return undefined;
  };

  it("has to be 32 short runs before it comes to the loop", () => {
    assert.equal(feed(new Profile(), 1_000, 100), 32);
    assert.equal(feed(new Profile(), 1_000, 6_000), undefined);
  });

  it("does not let one long run among many short ones pass", () => {
    const profile = new Profile();
    for (let lot = 0; lot < 20; lot++) {
      assert.equal(feed(profile, 31, 100), undefined);
      assert.equal(profile.ranInThread(120_000, HAND_OVER), false);
    }
  });

  it("has to be twice as much after each slow run on the loop, and less again after thousands of good ones", () => {
    const profile = new Profile();
    const demote = () => {
      profile.place = "loop";
      profile.ranOnLoop(1e6, HAND_OVER);
      assert.equal(profile.place, "thread");
    };
    demote();
    assert.equal(feed(profile, 1_000, 100), 64);
    demote();
    assert.equal(feed(profile, 1_000, 100), 128);
    profile.place = "loop";
    for (let run = 0; run < 8_192; run++) profile.ranOnLoop(100, HAND_OVER);
    assert.equal(profile.place, "loop");
    demote();
    assert.equal(feed(profile, 1_000, 100), 64);
  });
});
