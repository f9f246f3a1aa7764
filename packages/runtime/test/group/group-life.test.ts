import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { current, type Group, group, sleep } from "../../src/group/index.js";
import { ambient, currentTask } from "../../src/group/scope.js";

const boom = () => new Error("boom");

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
