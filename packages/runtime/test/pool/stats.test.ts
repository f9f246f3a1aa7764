import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { configure } from "../../src/group/config.js";
import { leaks, pool, prometheus } from "../../src/index.js";

const module = new URL("../fixtures/tasks.js", import.meta.url);
type Tasks = typeof import("../fixtures/tasks.js");

const open = (options: Parameters<typeof pool>[1] = {}) => pool<Tasks>(module, { threads: 1, ...options });

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe("the statistics of a pool", () => {
  it("count calls by how they ended", async () => {
    await using cpu = open({ name: "counted", grace: 10_000 });
    const controller = new AbortController();
    const cancelled = cpu.run("untilCancelled", [], { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await assert.rejects(cancelled, { code: "CANCELLED" });
    await cpu.run("add", [1, 2]);
    await cpu.run("add", [3, 4]);
    await assert.rejects(cpu.run("fail", ["x"]));
    await assert.rejects(cpu.run("sleep", [200], { timeout: 10 }), { code: "TIMEOUT" });
    const { name, completed, failed, stopped, refused } = cpu.stats();
    assert.deepEqual(
      { name, completed, failed, stopped, refused },
      { name: "counted", completed: 2, failed: 1, stopped: 2, refused: 0 },
    );
  });

  it("tell calls that run, that are queued, and that wait for room in the queue apart", async () => {
    await using cpu = open({ queue: { capacity: 2, onFull: "wait" } });
    const calls = Array.from({ length: 6 }, () => cpu.run("spin", [5]));
    const { running, queued, waiting } = cpu.stats();
    assert.deepEqual({ running, queued, waiting }, { running: 1, queued: 2, waiting: 3 });
    await Promise.all(calls);
    const after = cpu.stats();
    assert.deepEqual([after.running, after.queued, after.waiting, after.completed], [0, 0, 0, 6]);
  });

  it("are a frozen plain object that does not change", async () => {
    await using cpu = open();
    const before = cpu.stats();
    await cpu.run("add", [1, 2]);
    assert.equal(before.completed, 0);
    assert.deepEqual(JSON.parse(JSON.stringify(before)), structuredClone(before));
    for (const part of [before, before.threads, before.waitMs, before.workers, before.recent]) {
      assert.ok(Object.isFrozen(part));
    }
  });

  it("measure the time inside of tasks, however the result comes back", async () => {
    await using cpu = open();
    await cpu.run("spin", [20]);
    assert.equal(cpu.stats().runMs.count, 1);
    assert.ok(cpu.stats().runMs.max >= 20);
    await cpu.run("echo", [new Map([[1, 2]])]);
    await cpu.run("echo", ["x".repeat(100_000)]);
    await assert.rejects(cpu.run("fail", ["x"]));
    assert.equal(cpu.stats().runMs.count, 4);
    assert.equal(cpu.stats().recent.runMs.count, 4);
  });

  it("do not count the time of a task that never ended", async () => {
    await using cpu = open();
    await assert.rejects(cpu.run("die"), { code: "WORKER_DIED" });
    assert.equal(cpu.stats().runMs.count, 0);
    assert.equal(cpu.stats().failed, 1);
    assert.equal(cpu.stats().replaced, 1);
  });

  it("measure how long calls wait for a worker", async () => {
    await using cpu = open();
    await cpu.run("where");
    await Promise.all(Array.from({ length: 32 }, () => cpu.run("spin", [5])));
    // The 16th and the 32nd call of a burst are in the sample.
    assert.ok(cpu.stats().waitMs.max >= 70, `${cpu.stats().waitMs.max}`);
  });

  it("measure how long results wait for the event loop", async () => {
    await using cpu = open();
    await cpu.run("where");
    await wait(20);
    const call = cpu.run("spin", [1]);
    block(200);
    await call;
    assert.ok(cpu.stats().dispatchMs.max >= 50, `${cpu.stats().dispatchMs.max}`);
  });

  it("list the workers and what each has done", async () => {
    await using cpu = open({ threads: 2 });
    const calls = await Promise.all(Array.from({ length: 20 }, () => cpu.run("where")));
    const { workers, threads } = cpu.stats();
    assert.deepEqual(threads.wanted, 2);
    assert.equal(workers.length, 2);
    for (const { threadId, tasks } of workers) {
      assert.equal(tasks, calls.filter((call) => call.threadId === threadId).length);
    }
  });

  it("tell what the workers use", async () => {
    await using cpu = open();
    await cpu.run("spin", [100]);
    // A worker tells it after a task, at most every 50 ms.
    await cpu.run("spin", [60]);
    const { workers, utilization } = cpu.stats();
    assert.ok(utilization > 0 && utilization <= 1);
    assert.ok((workers[0]?.heapMb ?? 0) > 0);
    if (process.platform === "linux") assert.ok((workers[0]?.cpuMs ?? 0) > 0);
  });

  it("are in the Prometheus text while the pool is open; its counters stay", async () => {
    const cpu = open({ name: "scraped" });
    await cpu.run("add", [1, 2]);
    const text = prometheus();
    assert.match(text, /heddle_pool_threads\{pool="scraped"\} 1\n/);
    assert.match(text, /heddle_pool_tasks_total\{.*pool="scraped".*\} 1\n/);
    assert.match(text, /heddle_pool_run_seconds_count\{pool="scraped"\} 1\n/);
    await cpu.close();
    const after = prometheus();
    assert.doesNotMatch(after, /heddle_pool_threads\{pool="scraped"\}/);
    assert.match(after, /heddle_pool_run_seconds_count\{pool="scraped"\} 1\n/);
  });
});

describe("leaks()", () => {
  it("lists each living worker of a pool, with the place that opened it", async () => {
    configure({ reports: "on" });
    const cpu = open({ threads: 2, name: "forgotten" });
    const mine = () => leaks().filter(({ name }) => name.includes("forgotten"));
    assert.deepEqual(
      mine().map(({ kind }) => kind),
      ["worker", "worker"],
    );
    assert.match(mine()[0]?.stack ?? "", /stats\.test/);
    await cpu.close();
    assert.deepEqual(mine(), []);
  });
});
