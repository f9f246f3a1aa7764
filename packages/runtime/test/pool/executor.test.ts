import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  type Executor,
  inlineExecutor,
  type Layer,
  layered,
  pool,
  threadExecutor,
  withLimit,
  withRetry,
  withTimeout,
} from "../../src/index.js";
import { conformance, executorTasks } from "./executor-conformance.js";

const threads = (count = 1) =>
  threadExecutor(pool(executorTasks, { threads: count, nice: 0, grace: 10_000 }));
const words = () => new Int32Array(new SharedArrayBuffer(8));

conformance("the inline executor", () => inlineExecutor(executorTasks));
conformance("the thread executor", () => threads());
conformance("the thread executor of a pool that places by itself", () =>
  threadExecutor(pool(executorTasks, { threads: 1, nice: 0, place: "auto", grace: 10_000 })),
);
conformance("the inline executor behind a limit", () => layered(inlineExecutor(executorTasks), withLimit(2)));
conformance("the thread executor behind a limit of one and a timeout", () =>
  layered(threads(1), withTimeout(300_000), withLimit(1)),
);
conformance("the thread executor behind a retry of one attempt", () =>
  layered(threads(), withRetry({ attempts: 1 })),
);

/** A layer that sees each call go through. */
const watching =
  (watch: (call: Promise<unknown>) => Promise<unknown>): Layer =>
  (next) => ({
    name: next.name,
    traits: next.traits,
    execute: (call) => watch(next.execute(call)),
    stats: () => next.stats(),
    [Symbol.asyncDispose]: () => next[Symbol.asyncDispose](),
  });

describe("the traits of an executor", () => {
  it("tell threads from the loop", async () => {
    await using inline = inlineExecutor(executorTasks);
    await using thread = threads(1);
    assert.deepEqual(inline.traits, { isolated: false, parallel: false, cancel: "cooperative" });
    assert.deepEqual(thread.traits, { isolated: true, parallel: true, cancel: "forced" });
  });
});

describe("the inline executor", () => {
  it("takes the exports of a module instead of its place", async () => {
    await using executor = inlineExecutor({ double: (n: number) => n * 2, constant: 1 }, "mine");
    assert.equal(executor.name, "mine");
    assert.equal(await executor.execute({ name: "double", args: [4] }), 8);
    await assert.rejects(executor.execute({ name: "constant" }), {
      code: "TASK_LOAD",
      message: 'the module of mine has no function "constant": it exports double',
    });
  });

  it("says why a module cannot be loaded, each time it is asked", async () => {
    await using executor = inlineExecutor(new URL("./nowhere.js", import.meta.url));
    for (let tries = 0; tries < 2; tries++) {
      await assert.rejects(executor.execute({ name: "add" }), {
        code: "TASK_LOAD",
        message: /cannot be loaded/,
      });
    }
  });
});

for (const [kind, open] of [
  ["inline", () => inlineExecutor(executorTasks)],
  ["thread", () => threads()],
] as const satisfies readonly (readonly [string, () => Executor])[]) {
  describe(`layers around the ${kind} executor`, () => {
    it("bound how long a call takes, unless its own timeout is shorter", async () => {
      const inner = open();
      await inner.execute({ name: "add", args: [1, 2] });
      await using executor = layered(inner, withTimeout(100));
      await assert.rejects(executor.execute({ name: "untilStopped", args: [words()] }), { code: "TIMEOUT" });
      assert.equal(await executor.execute({ name: "add", args: [1, 2], timeout: 60_000 }), 3);
      await assert.rejects(executor.execute({ name: "untilStopped", args: [words()], timeout: 1 }), {
        message: /untilStopped did not end/,
      });
    });

    it("bound how many calls are under way, and use what they allow", async () => {
      let now = 0;
      let most = 0;
      await using executor = layered(
        open(),
        withLimit(2),
        watching((call) => {
          most = Math.max(most, ++now);
          return call.finally(() => now--);
        }),
      );
      await Promise.all(Array.from({ length: 9 }, (_, n) => executor.execute({ name: "later", args: [n] })));
      assert.equal(most, 2);
    });

    it("copy the arguments of a call that has to wait when it is made", async () => {
      await using executor = layered(open(), withLimit(1));
      const list = [1];
      const first = executor.execute({ name: "later", args: [0] });
      const second = executor.execute({ name: "change", args: [list] });
      list.push(2);
      await first;
      assert.deepEqual(await second, [1, 99]);
      const blocked = executor.execute({ name: "later", args: [0] });
      await assert.rejects(executor.execute({ name: "echo", args: [() => 1] }), {
        code: "NOT_CLONEABLE",
        path: "argument 1",
      });
      await blocked;
    });

    it("let a waiting call go when it is cancelled, and keep the order of the others", async () => {
      await using executor = layered(open(), withLimit(1));
      const controller = new AbortController();
      const ends: number[] = [];
      const calls = [0, 1, 2, 3].map((n) =>
        executor
          .execute({ name: "later", args: [n], ...(n === 1 ? { signal: controller.signal } : {}) })
          .then((value) => ends.push(value as number)),
      );
      controller.abort("not this one");
      await assert.rejects(calls[1] ?? Promise.resolve(), { code: "CANCELLED", reason: "not this one" });
      await Promise.all([calls[0], calls[2], calls[3]]);
      assert.deepEqual(ends, [0, 2, 3]);
    });

    it("count the time that a call waits for its turn", async () => {
      await using executor = layered(open(), withLimit(1));
      const controller = new AbortController();
      const seen = words();
      const first = executor.execute({ name: "untilStopped", args: [seen], signal: controller.signal });
      await assert.rejects(executor.execute({ name: "add", args: [1, 2], timeout: 20 }), { code: "TIMEOUT" });
      controller.abort();
      await assert.rejects(first, { code: "CANCELLED" });
      assert.equal(await executor.execute({ name: "add", args: [1, 2] }), 3);
    });

    it("try again what failed, and throw the last failure", async () => {
      await using executor = layered(open(), withRetry({ attempts: 3, backoff: { initial: 1 } }));
      assert.equal(await executor.execute({ name: "failsUntil", args: [words(), 3] }), 3);
      await assert.rejects(executor.execute({ name: "failsUntil", args: [words(), 4] }), {
        message: "call 3",
      });
    });

    it("try again only what the policy says", async () => {
      const retryIf = (error: unknown) => (error as Error).message !== "call 2";
      await using executor = layered(open(), withRetry({ attempts: 9, backoff: { initial: 1 }, retryIf }));
      await assert.rejects(executor.execute({ name: "failsUntil", args: [words(), 9] }), {
        message: "call 2",
      });
    });

    it("do not try again what cannot work or is not wanted any more", async () => {
      let attempts = 0;
      const counting = watching((call) => {
        attempts++;
        return call;
      });
      await using executor = layered(open(), withRetry({ backoff: { initial: 1 } }), counting);
      await assert.rejects(executor.execute({ name: "nowhere" }), { code: "TASK_LOAD" });
      await assert.rejects(executor.execute({ name: "echo", args: [() => 1] }), { code: "NOT_CLONEABLE" });
      await assert.rejects(executor.execute({ name: "untilStopped", args: [words()], timeout: 10 }), {
        code: "TIMEOUT",
      });
      const { buffer } = new Uint8Array(8);
      const moved = { name: "throwValue", args: [1], transfer: [buffer] };
      await executor.execute(moved).catch((value: unknown) => assert.equal(value, 1));
      assert.equal(attempts, 4);
    });

    it("end a pause between attempts when the call is cancelled", async () => {
      await using executor = layered(
        open(),
        withRetry({ attempts: 2, backoff: { initial: 600_000, max: 600_000 } }),
      );
      const count = words();
      const controller = new AbortController();
      const call = executor.execute({ name: "failsUntil", args: [count, 9], signal: controller.signal });
      for (let tries = 0; tries < 5_000 && count[0] === 0; tries++) {
        await new Promise((done) => setTimeout(done, 2));
      }
      controller.abort("enough");
      await assert.rejects(call, { code: "CANCELLED", reason: "enough" });
    });

    it("see a call from the outermost to the innermost", async () => {
      const count = words();
      await using all = layered(
        open(),
        withTimeout(60_000),
        withRetry({ attempts: 4, backoff: { initial: 1 } }),
        withLimit(1),
      );
      const results = await Promise.all(
        [0, 1].map(() => all.execute({ name: "failsUntil", args: [count, 3] })),
      );
      assert.deepEqual(results.sort(), [3, 4]);
    });
  });
}

describe("a layer", () => {
  it("refuses a wrong setting when it is made", () => {
    assert.throws(() => withTimeout(-1), { code: "BAD_OPTION" });
    assert.throws(() => withLimit(0), { code: "BAD_OPTION" });
    assert.throws(() => withRetry({ attempts: 0 }), { code: "BAD_OPTION" });
  });
});
