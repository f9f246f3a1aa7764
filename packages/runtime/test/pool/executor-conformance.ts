import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Executor } from "../../src/index.js";

/** The tasks that an executor under test has to run. */
export const executorTasks = new URL("../fixtures/executor-tasks.js", import.meta.url);

const words = () => new Int32Array(new SharedArrayBuffer(8));

async function until(is: () => boolean): Promise<void> {
  for (let tries = 0; tries < 5_000 && !is(); tries++) await new Promise((done) => setTimeout(done, 2));
  assert.ok(is(), "it never came");
}

/** What every executor promises, whatever it is made of. */
export function conformance(title: string, open: () => Executor): void {
  describe(title, () => {
    it("is described by five members", async () => {
      const executor = open();
      const { name, traits, execute, stats } = executor;
      assert.equal(typeof name, "string");
      assert.deepEqual(Object.keys(traits).sort(), ["cancel", "isolated", "parallel"]);
      assert.deepEqual([typeof execute, typeof stats], ["function", "function"]);
      await executor[Symbol.asyncDispose]();
    });

    it("runs functions and async functions", async () => {
      await using executor = open();
      assert.equal(await executor.execute({ name: "add", args: [1, 2] }), 3);
      assert.equal(await executor.execute({ name: "later", args: ["x"] }), "x");
    });

    it("copies arguments when they are given, and results", async () => {
      await using executor = open();
      const list = [1, 2];
      const changed = executor.execute({ name: "change", args: [list] });
      list.push(3);
      assert.deepEqual(await changed, [1, 2, 99]);
      assert.deepEqual(list, [1, 2, 3]);
      const first = (await executor.execute({ name: "keeps" })) as { list: number[] };
      first.list.push(2);
      assert.deepEqual(await executor.execute({ name: "keeps" }), { list: [1] });
    });

    it("moves what the call says is to be moved", async () => {
      await using executor = open();
      const bytes = new Uint8Array(1_000);
      const call = { name: "byteLength", args: [bytes], transfer: [bytes.buffer] };
      assert.equal(await executor.execute(call), 1_000);
      assert.equal(bytes.byteLength, 0);
    });

    it("carries values of many kinds there and back", async () => {
      await using executor = open();
      const values = [
        null,
        undefined,
        -0,
        10n ** 30n,
        "é\ud800",
        new Date(7),
        new Map([[1, new Set([2])]]),
        Object.assign([], { 1: 1, length: 2 }),
      ];
      for (const value of values) {
        assert.deepEqual(await executor.execute({ name: "echo", args: [value] }), value);
      }
    });

    it("gives what a task throws as a new error of the same kind", async () => {
      await using executor = open();
      const thrown = await executor.execute({ name: "fail", args: ["no"] }).catch((error: unknown) => error);
      assert.ok(thrown instanceof RangeError);
      assert.equal(thrown.message, "no");
      assert.deepEqual((thrown as RangeError & { detail: unknown }).detail, { at: 7 });
      assert.equal((thrown.cause as Error).message, "the cause");
      await assert.rejects(executor.execute({ name: "failLater", args: ["no"] }), TypeError);
      assert.equal(
        await executor.execute({ name: "throwValue", args: [5] }).catch((value: unknown) => value),
        5,
      );
    });

    it("names the functions that exist when it is asked for another one", async () => {
      await using executor = open();
      for (const name of ["nowhere", "toString", "constructor"]) {
        await assert.rejects(executor.execute({ name }), { code: "TASK_LOAD", message: /it exports .*add/ });
      }
    });

    it("says which value cannot be copied", async () => {
      await using executor = open();
      const call = { name: "echo", args: [1, () => 1] };
      await assert.rejects(executor.execute(call), { code: "NOT_CLONEABLE", path: "argument 2" });
      await assert.rejects(executor.execute({ name: "makeFunction" }), {
        code: "NOT_CLONEABLE",
        path: "the result",
      });
    });

    it("does not begin a call that is cancelled or late already", async () => {
      await using executor = open();
      const seen = words();
      const call = { name: "untilStopped", args: [seen] };
      await assert.rejects(executor.execute({ ...call, signal: AbortSignal.abort("no") }), {
        code: "CANCELLED",
        reason: "no",
      });
      await assert.rejects(executor.execute({ ...call, timeout: 0 }), { code: "TIMEOUT" });
      await assert.rejects(executor.execute({ ...call, deadline: 1 }), { code: "TIMEOUT" });
      assert.equal(seen[0], 0);
    });

    it("answers a cancelled call at once, and tells the task", async () => {
      await using executor = open();
      const seen = words();
      const controller = new AbortController();
      const call = executor.execute({ name: "untilStopped", args: [seen], signal: controller.signal });
      await until(() => seen[0] === 1);
      controller.abort("enough");
      await assert.rejects(call, { code: "CANCELLED", reason: "enough" });
      await until(() => seen[0] !== 1);
      assert.equal(seen[0], 2);
    });

    it("answers when the time is up, and tells the task", async () => {
      await using executor = open();
      const seen = words();
      const at = Date.now() + 100;
      await executor.execute({ name: "add", args: [1, 2] });
      const call = executor.execute({ name: "untilStopped", args: [seen], deadline: at });
      await assert.rejects(call, { code: "TIMEOUT", deadline: at });
      assert.ok(Date.now() >= at);
      await until(() => seen[0] !== 1);
      assert.notEqual(seen[0], 3);
    });

    it("lets a synchronous task see its deadline", async () => {
      await using executor = open();
      await executor.execute({ name: "add", args: [1, 2] });
      const began = performance.now();
      const call = executor.execute({ name: "spinUntilStopped", args: [20_000], timeout: 50 });
      await assert.rejects(call, { code: "TIMEOUT" });
      // A task that saw nothing would hold its place until here.
      await executor.execute({ name: "add", args: [1, 2] });
      assert.ok(performance.now() - began < 10_000);
    });

    it("passes the deadline on as a moment", async () => {
      await using executor = open();
      const deadline = Date.now() + 60_000;
      assert.equal(await executor.execute({ name: "deadline", deadline, timeout: 120_000 }), deadline);
    });

    it("passes progress to the caller, in order, before the call settles", async () => {
      await using executor = open();
      const heard: unknown[] = [];
      await executor.execute({
        name: "tell",
        args: [[1, { two: 2 }, "three"]],
        onProgress: (value) => heard.push(value),
      });
      assert.deepEqual(heard, [1, { two: 2 }, "three"]);
    });

    it("refuses wrong options by a rejection", async () => {
      await using executor = open();
      const call = executor.execute({ name: "add", timeout: -1 });
      await assert.rejects(call, { code: "BAD_OPTION" });
    });

    it("counts each call once, by how it ended", async () => {
      await using executor = open();
      const seen = words();
      const controller = new AbortController();
      const { signal } = controller;
      const stopped = executor.execute({ name: "untilStopped", args: [seen], signal });
      await until(() => seen[0] === 1);
      assert.equal(executor.stats().running, 1);
      controller.abort();
      await assert.rejects(stopped);
      await until(() => seen[0] === 2);
      await executor.execute({ name: "add", args: [1, 2] });
      await assert.rejects(executor.execute({ name: "throwValue", args: [5] }));
      await until(() => executor.stats().running === 0);
      const stats = executor.stats();
      assert.ok(Object.isFrozen(stats));
      assert.deepEqual(stats, { running: 0, completed: 1, failed: 1, stopped: 1 });
    });

    it("settles each of many calls, whatever becomes of it", async () => {
      await using executor = open();
      const calls = Array.from({ length: 300 }, (_, n) => {
        const signal = n % 5 === 0 ? AbortSignal.timeout(n % 7) : undefined;
        const name = n % 3 === 0 ? "later" : n % 3 === 1 ? "echo" : "throwValue";
        return executor.execute({ name, args: [n], ...(signal === undefined ? {} : { signal }) });
      });
      const ends = await Promise.allSettled(calls);
      for (const [n, end] of ends.entries()) {
        if (end.status === "fulfilled") assert.equal(end.value, n);
        else if (end.reason !== n) assert.equal((end.reason as { code?: string }).code, "CANCELLED");
      }
      const { completed, failed, stopped } = executor.stats();
      assert.ok(completed + failed + stopped <= 300);
    });

    it("waits on disposal for the calls under way, and takes no more", async () => {
      const executor = open();
      const call = executor.execute({ name: "later", args: [1] });
      const disposed = executor[Symbol.asyncDispose]();
      await assert.rejects(executor.execute({ name: "add", args: [1, 2] }), { code: "CLOSED" });
      let settled = false;
      void call.then(() => {
        settled = true;
      });
      await disposed;
      assert.ok(settled);
      await executor[Symbol.asyncDispose]();
    });
  });
}
