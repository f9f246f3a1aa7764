import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { isHeddleError, pool, type QueueFullError } from "../../src/index.js";

const module = new URL("../fixtures/tasks.js", import.meta.url);
type Tasks = typeof import("../fixtures/tasks.js");

const open = (options: Parameters<typeof pool>[1] = {}) => pool<Tasks>(module, { threads: 1, ...options });

describe("a pool", () => {
  it("runs an exported function in another thread", async () => {
    await using cpu = open();
    const { main } = await cpu.run("where");
    assert.equal(main, false);
    assert.equal(await cpu.run("add", [1, 2]), 3);
  });

  it("runs the functions of call like run, and makes each of them once", async () => {
    await using cpu = open();
    assert.equal(await cpu.call.add(1, 2), 3);
    assert.equal(cpu.call.add, cpu.call.add);
    assert.notEqual(cpu.call.add, cpu.call.echo);
  });

  it("can be awaited or written as JSON without running a task of that name", async () => {
    await using cpu = open({ name: "shown" });
    assert.equal(await cpu.call, cpu.call);
    assert.equal(JSON.stringify(cpu.call), "{}");
    assert.equal(JSON.stringify(cpu), '{"name":"shown"}');
    assert.equal(cpu.stats().failed, 0);
  });

  it("takes a path of a file", async () => {
    await using cpu = pool<Tasks>(fileURLToPath(module), { threads: 1 });
    assert.equal(await cpu.run("add", [1, 2]), 3);
  });

  it("says how to name a module when it is given a relative path", () => {
    for (const relative of ["./tasks.js", "tasks.js", ""]) {
      assert.throws(() => pool(relative), {
        code: "BAD_OPTION",
        message: `the task module must be an absolute path or a URL; for a file beside yours write new URL("./tasks.js", import.meta.url), got ${JSON.stringify(relative)}`,
      });
    }
    assert.throws(() => pool(undefined as unknown as string), { code: "BAD_OPTION" });
  });

  it("starts no thread for an option it refuses", () => {
    assert.throws(() => open({ threads: 0 }), { code: "BAD_OPTION", message: /threads must be a whole/ });
  });

  it("names the functions that exist when it is asked for another one", async () => {
    await using cpu = pool(module, { threads: 1 });
    await assert.rejects(cpu.run("sha256", []), { code: "TASK_LOAD", message: /no function "sha256".*add/ });
    await assert.rejects(cpu.run("notAFunction", []), { code: "TASK_LOAD" });
  });

  it("keeps class name, message, own properties and cause of what a task throws", async () => {
    await using cpu = open();
    await assert.rejects(cpu.run("fail", ["too far"]), (error: RangeError & { detail: number }) => {
      assert.ok(error instanceof RangeError);
      assert.equal(error.message, "too far");
      assert.equal(error.detail, 7);
      assert.equal((error.cause as Error).message, "the cause");
      return true;
    });
    assert.equal(await cpu.run("throwValue", [42]).catch((thrown: unknown) => thrown), 42);
  });

  it("hands a task to a free worker before run returns", async () => {
    await using cpu = open();
    await cpu.run("where");
    // A worker is free a moment after its last result was sent.
    await wait(50);
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const done = cpu.run("mark", [flag]);
    // The event loop gets no turn in between.
    assert.notEqual(Atomics.wait(flag, 0, 0, 10_000), "timed-out");
    await done;
  });

  it("maps items in their order", async () => {
    await using cpu = open({ threads: 2 });
    const results: number[] = [];
    for await (const ms of cpu.map("spin", [3, 1, 2])) results.push(ms);
    assert.deepEqual(results, [3, 1, 2]);
  });

  it("streams the items of a generator", async () => {
    await using cpu = open();
    const items: number[] = [];
    for await (const item of cpu.stream("count", [3])) items.push(item);
    assert.deepEqual(items, [0, 1, 2]);
  });

  it("refuses what the full queue cannot take, and runs the rest", async () => {
    await using cpu = open({ queue: { capacity: 2, onFull: "reject" }, name: "small" });
    const calls = Array.from({ length: 6 }, () => cpu.run("spin", [5]));
    const ends = await Promise.allSettled(calls);
    const refused = ends.filter((end) => end.status === "rejected");
    assert.equal(refused.length, 3);
    assert.ok(refused.every(({ reason }) => isHeddleError(reason, "QUEUE_FULL")));
    assert.ok(refused.every(({ reason }) => (reason as QueueFullError).capacity === 2));
    assert.equal(cpu.stats().refused, 3);
    assert.equal(cpu.stats().completed, 3);
  });

  it("is ready when its threads have loaded the module", async () => {
    await using cpu = open({ threads: 2 });
    await cpu.ready();
    const { alive, loading } = cpu.stats().threads;
    assert.deepEqual([alive, loading], [2, 0]);
  });

  it("waits on close for all calls that were made, and takes no more", async () => {
    const cpu = open({ name: "done" });
    const calls = [cpu.run("spin", [10]), cpu.run("sleep", [10]), cpu.run("add", [1, 2])];
    const closed = cpu.close();
    await assert.rejects(cpu.run("add", [1, 2]), { code: "CLOSED", message: /done is closed/ });
    await closed;
    assert.deepEqual(await Promise.all(calls), [10, 10, 3]);
    assert.equal(cpu.stats().threads.alive, 0);
    await cpu.close();
  });

  it("closes at the end of an await using block, also when the block throws", async () => {
    let seen: ReturnType<typeof open> | undefined;
    const block = async () => {
      await using cpu = open();
      seen = cpu;
      throw new Error("of the block");
    };
    await assert.rejects(block(), { message: "of the block" });
    assert.equal(seen?.stats().threads.alive, 0);
    await assert.rejects(seen?.run("add", [1, 2]) ?? Promise.resolve(), { code: "CLOSED" });
  });

  it("rejects on terminate what is pending, running or not", async () => {
    const cpu = open({ name: "stopped" });
    await cpu.run("where");
    const calls = [cpu.run("spin", [60_000]), cpu.run("add", [1, 2]), cpu.run("sleep", [60_000])];
    const ends = Promise.allSettled(calls);
    await cpu.terminate();
    for (const end of await ends) {
      assert.equal(end.status, "rejected");
      assert.ok(isHeddleError(end.status === "rejected" ? end.reason : undefined, "CLOSED"));
    }
    assert.equal(cpu.stats().threads.alive, 0);
  });

  it("ends what a close still waits for when it is terminated", async () => {
    const cpu = open();
    const call = cpu.run("spin", [60_000]);
    const rejected = assert.rejects(call, { code: "CLOSED" });
    const closed = cpu.close();
    await cpu.terminate();
    await closed;
    await rejected;
  });

  it("lets the process end when nothing of it is pending, and not before", async () => {
    const index = JSON.stringify(new URL("../../src/index.js", import.meta.url).href);
    const program = `import { pool } from ${index};
      const cpu = pool(${JSON.stringify(module.href)}, { threads: 2 });
      cpu.run("sleep", [50]).then((ms) => console.log("slept", ms));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
      timeout: 30_000,
    });
    assert.equal(stdout, "slept 50\n");
  });
});

describe("the types of a pool", () => {
  it("refuse wrong names and wrong arguments", async () => {
    await using cpu = open();
    const sum: number = await cpu.run("add", [1, 2]);
    assert.equal(sum, 3);
    const wrong = [
      // @ts-expect-error: no such function
      cpu.run("nope", []),
      // @ts-expect-error: one argument is missing
      cpu.run("add", [1]),
      // @ts-expect-error: not a function
      cpu.run("notAFunction"),
      // @ts-expect-error: a text is no number
      cpu.call.spin("1"),
    ];
    await Promise.allSettled(wrong);
  });
});
