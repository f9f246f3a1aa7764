import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { describe, it } from "node:test";
import { type EventName, eventNames, type HeddleEvents, pool } from "../../src/index.js";

const module = new URL("../fixtures/tasks.js", import.meta.url);
type Tasks = typeof import("../fixtures/tasks.js");

const open = (name: string, threads = 1) => pool<Tasks>(module, { threads, name, grace: 10_000 });

type Heard = { [Name in EventName]: { readonly event: Name } & HeddleEvents[Name] }[EventName];

/** Hears the events of the pool of that name until disposed. */
function listen(name: string, which: readonly EventName[] = eventNames) {
  const heard: Heard[] = [];
  const listeners = which.map((event) => {
    const listener = (message: unknown) => {
      if ((message as { pool?: string }).pool === name)
        heard.push({ event, ...(message as object) } as Heard);
    };
    subscribe(event, listener);
    return () => unsubscribe(event, listener);
  });
  return {
    heard,
    of: <Name extends EventName>(event: Name) =>
      heard.filter((one): one is Extract<Heard, { event: Name }> => one.event === event),
    [Symbol.dispose]() {
      for (const stop of listeners) stop();
    },
  };
}

describe("the events of a pool", () => {
  it("tell the life of a task in order", async () => {
    using events = listen("order");
    await using cpu = open("order");
    const { threadId } = await cpu.run("where");
    const life = events.heard.filter(({ event }) => event.startsWith("heddle:pool:task"));
    assert.deepEqual(
      life.map(({ event }) => event),
      ["heddle:pool:task:queued", "heddle:pool:task:start", "heddle:pool:task:end"],
    );
    const [start] = events.of("heddle:pool:task:start");
    assert.deepEqual([start?.name, start?.task, start?.worker], ["where", 1, threadId]);
    assert.ok((start?.waitMs ?? -1) >= 0);
    const [end] = events.of("heddle:pool:task:end");
    assert.deepEqual([end?.name, end?.task, end?.worker, end?.outcome], ["where", 1, threadId, "ok"]);
    assert.ok((end?.runMs ?? -1) >= 0);
  });

  it("tell of a start when it happens, not when the task ends", async () => {
    using events = listen("early");
    await using cpu = open("early");
    const controller = new AbortController();
    const call = cpu.run("untilCancelled", [], { signal: controller.signal });
    const deadline = performance.now() + 10_000;
    while (events.of("heddle:pool:task:start").length === 0 && performance.now() < deadline) {
      await new Promise((done) => setTimeout(done, 1));
    }
    assert.equal(events.of("heddle:pool:task:start").length, 1);
    assert.equal(events.of("heddle:pool:task:end").length, 0);
    controller.abort();
    await assert.rejects(call, { code: "CANCELLED" });
  });

  it("number the tasks and start each before its end, also when many run", async () => {
    using events = listen("many");
    await using cpu = open("many", 2);
    const results = await Promise.all(Array.from({ length: 500 }, (_, n) => cpu.run("add", [n, 1])));
    assert.deepEqual(
      results,
      Array.from({ length: 500 }, (_, n) => n + 1),
    );
    const seen = new Map<number, string[]>();
    for (const one of events.heard) {
      if ("task" in one && typeof one.task === "number") {
        seen.set(one.task, [...(seen.get(one.task) ?? []), one.event.slice("heddle:pool:task:".length)]);
      }
    }
    assert.equal(seen.size, 500);
    for (const life of seen.values()) assert.deepEqual(life, ["queued", "start", "end"]);
  });

  it("say why a task failed", async () => {
    using events = listen("failing");
    await using cpu = open("failing");
    const thrown = await cpu.run("fail", ["no"]).catch((error: unknown) => error);
    const [end] = events.of("heddle:pool:task:end");
    assert.equal(end?.outcome, "failed");
    assert.equal(end?.error, thrown);
    assert.ok((end?.runMs ?? -1) >= 0);
  });

  it("say whether a cancelled task was running", async () => {
    using events = listen("cancelling");
    await using cpu = open("cancelling");
    const controller = new AbortController();
    const { signal } = controller;
    const running = cpu.run("untilCancelled", [], { signal });
    const deadline = performance.now() + 10_000;
    while (events.of("heddle:pool:task:start").length === 0 && performance.now() < deadline) {
      await new Promise((done) => setTimeout(done, 1));
    }
    const queued = cpu.run("add", [1, 2], { signal });
    controller.abort("enough");
    await Promise.allSettled([running, queued]);
    assert.deepEqual(
      events.of("heddle:pool:task:cancel").map((event) => [event.name, event.running, event.reason]),
      [
        ["untilCancelled", true, "enough"],
        ["add", false, "enough"],
      ],
    );
    assert.deepEqual(
      events.of("heddle:pool:task:end").map(({ outcome }) => outcome),
      ["cancelled", "cancelled"],
    );
  });

  it("tell of workers that start, die and stop", async () => {
    using events = listen("dying");
    const cpu = open("dying");
    await assert.rejects(cpu.run("die"), { code: "WORKER_DIED" });
    await cpu.run("add", [1, 2]);
    await cpu.close();
    const started = events.of("heddle:pool:worker:start").map(({ worker }) => worker);
    const exited = events.of("heddle:pool:worker:exit");
    assert.equal(new Set(started).size, 2);
    assert.deepEqual(
      exited.map(({ worker, exitCode, why }) => [worker, exitCode, why]),
      [
        [started[0], 3, "it ended by itself"],
        [started[1], 0, "stopped"],
      ],
    );
    const [died] = events.of("heddle:pool:task:end");
    assert.deepEqual([died?.outcome, died?.worker, died?.runMs], ["died", started[0], undefined]);
  });

  it("tell of calls on the loop too, without a worker", async () => {
    await using cpu = pool<typeof import("../fixtures/auto-tasks.js")>(
      new URL("../fixtures/auto-tasks.js", import.meta.url),
      { threads: 1, name: "auto", place: "auto", nice: 0 },
    );
    const until = performance.now() + 30_000;
    while (cpu.stats().inline.calls === 0 && performance.now() < until) await cpu.run("tiny", [1]);
    using events = listen("auto");
    const before = cpu.stats().inline.calls;
    for (let n = 0; n < 5_000 && cpu.stats().inline.calls === before; n++) await cpu.run("tiny", [n]);
    assert.ok(cpu.stats().inline.calls > before, JSON.stringify(cpu.stats().inline));
    const ends = events.of("heddle:pool:task:end").filter(({ worker }) => worker === undefined);
    assert.equal(ends.length, 1);
    const [end] = ends;
    assert.deepEqual([end?.name, end?.outcome], ["tiny", "ok"]);
    const start = events.of("heddle:pool:task:start").find(({ task }) => task === end?.task);
    assert.equal(start?.worker, undefined);
    assert.equal(start?.name, "tiny");
  });

  it("are not made when nobody listens to them", async () => {
    await using cpu = open("quiet");
    {
      using events = listen("quiet", ["heddle:pool:task:end"]);
      await cpu.run("add", [1, 2]);
      assert.deepEqual(
        events.heard.map(({ event }) => event),
        ["heddle:pool:task:end"],
      );
    }
    using later = listen("quiet", ["heddle:loop:blocked"]);
    await cpu.run("add", [1, 2]);
    assert.deepEqual(later.heard, []);
  });
});
