import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { current, type Group, group, sleep } from "../../src/group/index.js";
import { ambient, currentTask } from "../../src/group/scope.js";

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

test("a task that had to wait runs in the context of who spawned it", async () => {
  const names: (string | undefined)[] = [];
  await group(
    async (g) => {
      g.spawn(() => turn(), { name: "first" });
      g.spawn(() => void names.push(currentTask()?.name), { name: "second" });
    },
    { limit: 1 },
  );
  assert.deepEqual(names, ["second"]);
});

test("children may spawn into the group while it winds down", async () => {
  const seen: string[] = [];
  await group((g) => {
    g.spawn(async () => {
      await turn();
      g.spawn(async () => {
        await turn();
        seen.push("grandchild");
      });
    });
  });
  assert.deepEqual(seen, ["grandchild"]);
});

test("spawning into an ended group throws ClosedError", async () => {
  let kept: Group | undefined;
  await group((g) => {
    kept = g;
  });
  assert.throws(() => kept?.spawn(() => 1), { code: "CLOSED" });
});

test("current() is the group of body and tasks, also after foreign awaits, and nothing outside", async () => {
  assert.equal(current(), undefined);
  await group(async (g) => {
    assert.equal(current(), g);
    await turn();
    assert.equal(current(), g);
    await g.spawn(async () => {
      await turn();
      assert.equal(current(), g);
    });
    await group(async (inner) => assert.equal(current(), inner));
    assert.equal(current(), g);
  });
  assert.equal(current(), undefined);
});

test("each task is somebody of its own; a body is whoever opened its group", async () => {
  await group(async (g) => {
    const body = currentTask();
    const ids = await Promise.all([1, 2].map(() => g.spawn(() => turn().then(() => currentTask()?.id))));
    assert.equal(new Set([...ids, body?.id]).size, 3);
    await group(() => assert.equal(currentTask(), body));
    await g.spawn(async () => {
      const mine = currentTask();
      await group(() => assert.equal(currentTask(), mine));
    });
  });
});

test("what a task leaves running belongs to its group, and a group waits for groups in it that nobody awaits", async () => {
  const seen: string[] = [];
  await group(async (g) => {
    g.spawn(() => {
      void group(async () => {
        await sleep(5);
        seen.push("floating");
      });
    });
  });
  assert.deepEqual(seen, ["floating"]);
});

test("a wait that outlives its group belongs to the one outside", async () => {
  let late: Promise<void> | undefined;
  const result = group(async (outer) => {
    await group(() => {
      late = sleep(60_000);
    });
    await turn();
    outer.cancel("enough");
    await late;
  });
  await assert.rejects(result, { code: "CANCELLED", reason: "enough" });
  await assert.rejects(late ?? Promise.resolve(), { code: "CANCELLED" });
  assert.equal(ambient(), undefined);
});

test("stats and size count, and stats are frozen", async () => {
  await group(
    async (g) => {
      g.spawn(() => 1);
      await g.spawn(() => Promise.reject(boom())).then(undefined, () => {});
      g.spawn(() => sleep(60_000)).cancel();
      await turn();
      const stats = g.stats();
      assert.ok(Object.isFrozen(stats));
      assert.deepEqual(stats, {
        name: "counted",
        state: "open",
        running: 0,
        waiting: 0,
        spawned: 3,
        completed: 1,
        failed: 1,
        cancelled: 1,
        restarted: 0,
      });
      assert.equal(g.size, 0);
    },
    { name: "counted", onError: "collect" },
  );
});

test("groups and tasks tell their life on diagnostics channels", async () => {
  const seen: string[] = [];
  const names = ["start", "cancel", "end", "task:start", "task:end"];
  const listeners = names.map((name) => {
    const hear = (message: unknown) => {
      const { group: of, parent, task, outcome } = message as Record<string, string | undefined>;
      seen.push([name, of, parent, task, outcome].filter((part) => part !== undefined).join(" "));
    };
    subscribe(`heddle:group:${name}`, hear);
    return () => unsubscribe(`heddle:group:${name}`, hear);
  });
  try {
    await group(
      async (g) => {
        await g.spawn(() => group(() => 1, { name: "inner" }), { name: "t" });
        g.cancel("why");
      },
      { name: "outer" },
    ).catch(() => {});
  } finally {
    for (const stop of listeners) stop();
  }
  assert.deepEqual(seen, [
    "start outer",
    "task:start outer t",
    "start inner outer",
    "end inner ok",
    "task:end outer t ok",
    "cancel outer",
    "end outer cancelled",
  ]);
});

test("what is no function is refused", async () => {
  await assert.rejects(group(5 as never), /what a group runs must be a function, got 5/);
});

test("a wrong option is named in a rejection", async () => {
  const wrong: [object, RegExp][] = [
    [{ limit: 0 }, /limit must be an integer from 1 up/],
    [{ timeout: -1 }, /timeout must be a number of milliseconds/],
    [{ timeout: Number.NaN }, /timeout/],
    [{ onError: "ignore" }, /onError must be "cancel" or "collect", got "ignore"/],
    [{ signal: {} }, /signal must be an AbortSignal/],
    [{ deadline: "now" }, /deadline/],
    [{ warnAfter: -5 }, /warnAfter/],
    [{ name: 5 }, /name must be a string, got 5/],
  ];
  for (const [options, message] of wrong) {
    await assert.rejects(
      group(() => 1, options),
      (error: Error & { code: string }) => {
        assert.match(error.message, message);
        return error.code === "BAD_OPTION";
      },
    );
  }
});
