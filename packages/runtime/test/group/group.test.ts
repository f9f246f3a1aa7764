import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { group, sleep } from "../../src/group/index.js";

const boom = () => new Error("boom");

test("a group resolves with the value of its body once all children have ended", async () => {
  const ended: string[] = [];
  const value = await group(async (g) => {
    g.spawn(async () => {
      await sleep(5);
      ended.push("child");
    });
    return "body";
  });
  assert.equal(value, "body");
  assert.deepEqual(ended, ["child"]);
});

test("the first failure cancels the siblings, waits for them, and is thrown as the very object", async () => {
  const error = Object.freeze(boom());
  const seen: string[] = [];
  const result = group(async (g) => {
    g.spawn(async () => {
      try {
        await sleep(60_000);
      } finally {
        await turn();
        seen.push("cleaned up");
      }
    });
    g.spawn(async () => {
      await turn();
      throw error;
    });
    await sleep(60_000);
  });
  await assert.rejects(result, (thrown) => thrown === error);
  assert.deepEqual(seen, ["cleaned up"]);
});

test("an unawaited failed task fails the group", async () => {
  await assert.rejects(
    group((g) => void g.spawn(() => Promise.reject(boom()))),
    { message: "boom" },
  );
});

test("a failed child fails its group even if someone awaited and caught it", async () => {
  await assert.rejects(
    group(async (g) => {
      await g
        .spawn(() => {
          throw boom();
        })
        .then(undefined, () => "caught");
      return "fine";
    }),
    { message: "boom" },
  );
});

test("several failures are an AggregateError that begins with the first", async () => {
  const first = boom();
  const second = new Error("in cleanup");
  const result = group(async (g) => {
    g.spawn(async () => {
      try {
        await sleep(60_000);
      } catch {
        throw second;
      }
    });
    g.spawn(() => Promise.reject(first));
  });
  await assert.rejects(result, (error) => {
    assert.ok(error instanceof AggregateError);
    assert.equal(error.errors[0], first);
    assert.equal(error.errors[1], second);
    assert.equal(error.errors.length, 2);
    return true;
  });
});

test("a failure that the body only passes on is counted once", async () => {
  const error = boom();
  await assert.rejects(
    group(async (g) => {
      await g.spawn(() => Promise.reject(error));
    }),
    (thrown) => thrown === error,
  );
});

test("a body that throws cancels its children and is thrown as it is", async () => {
  const error = boom();
  let cancelled: unknown;
  await assert.rejects(
    group((g) => {
      g.spawn(async () => {
        await sleep(60_000).catch((reason: unknown) => {
          cancelled = reason;
        });
      });
      throw error;
    }),
    (thrown) => thrown === error,
  );
  assert.equal((cancelled as { reason: unknown }).reason, error);
});

test("the platform's AbortError after a failure is no second failure", async () => {
  const error = boom();
  await assert.rejects(
    group(async (g) => {
      g.spawn(() => turn(undefined, { signal: g.signal }));
      g.spawn((self) => fetchLike(self.signal));
      throw error;
    }),
    (thrown) => thrown === error,
  );
});

function fetchLike(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

test("collect lets siblings finish, then rejects with what nobody caught", async () => {
  const ended: number[] = [];
  const result = group(
    async (g) => {
      g.spawn(() => Promise.reject(new Error("one")));
      g.spawn(async () => {
        await sleep(5);
        ended.push(1);
      });
      g.spawn(async () => {
        await sleep(10);
        throw new Error("two");
      });
    },
    { onError: "collect" },
  );
  await assert.rejects(result, (error) => {
    assert.ok(error instanceof AggregateError);
    assert.deepEqual(
      error.errors.map((one: Error) => one.message),
      ["one", "two"],
    );
    return true;
  });
  assert.deepEqual(ended, [1]);
});

test("collect leaves a failure to whoever awaited the task", async () => {
  const settled = await group(
    async (g) =>
      Promise.allSettled([g.spawn(() => 1), g.spawn(() => Promise.reject(boom())), g.spawn(() => sleep(2))]),
    { onError: "collect" },
  );
  assert.deepEqual(
    settled.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled"],
  );
});

test("limit bounds how many run at once, in the order of spawning", async () => {
  let running = 0;
  let most = 0;
  const order: number[] = [];
  await group(
    async (g) => {
      for (let i = 0; i < 20; i++) {
        g.spawn(async () => {
          most = Math.max(most, ++running);
          order.push(i);
          await turn();
          running -= 1;
        });
      }
      assert.equal(g.size, 20);
      assert.deepEqual([g.stats().running, g.stats().waiting], [3, 17]);
    },
    { limit: 3 },
  );
  assert.equal(most, 3);
  assert.deepEqual(
    order,
    Array.from({ length: 20 }, (_, i) => i),
  );
});

test("a long backlog of tasks that end at once does not overflow the stack", async () => {
  let ran = 0;
  await group(
    async (g) => {
      g.spawn(() => turn());
      for (let i = 0; i < 100_000; i++) g.spawn(() => void ran++);
    },
    { limit: 1 },
  );
  assert.equal(ran, 100_000);
});
