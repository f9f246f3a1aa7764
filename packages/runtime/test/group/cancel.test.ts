import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { checkpoint, group, sleep } from "../../src/group/index.js";

const CANCELLED = { code: "CANCELLED" };

test("a cancelled group rejects with CancelError and the first reason, though the body swallowed it", async () => {
  const result = group(async (g) => {
    g.cancel("first");
    g.cancel("second");
    await sleep(1).catch(() => {});
    return "swallowed";
  });
  await assert.rejects(result, { ...CANCELLED, reason: "first", name: "CancelError" });
});

test("after cancel every further wait rejects at once", async () => {
  const caught: unknown[] = [];
  await assert.rejects(
    group(async (g) => {
      g.cancel("now");
      const waits = [() => sleep(60_000), () => sleep(0), checkpoint, () => group(() => 1)];
      for (const wait of waits) await wait().catch((error: unknown) => caught.push(error));
    }),
    CANCELLED,
  );
  assert.deepEqual(
    caught.map((error) => (error as { reason: unknown }).reason),
    ["now", "now", "now", "now"],
  );
});

test("cancel reaches waits that are parked, in tasks, nested groups and tasks of those", async () => {
  const reasons: unknown[] = [];
  const note = (error: { reason: unknown }) => reasons.push(error.reason);
  await assert.rejects(
    group(async (g) => {
      g.spawn(() => sleep(60_000).catch(note));
      g.spawn(() =>
        group(async (inner) => {
          inner.spawn(() => sleep(60_000).catch(note));
          await sleep(60_000).catch(note);
        }),
      );
      await turn();
      g.cancel("all");
    }),
    CANCELLED,
  );
  assert.deepEqual(reasons, ["all", "all", "all"]);
});

test("a child cancelled now is no failure of the group", async () => {
  const value = await group(async (g) => {
    const task = g.spawn(() => sleep(60_000));
    task.cancel("not needed");
    task.cancel("again");
    await assert.rejects(task, { ...CANCELLED, reason: "not needed" });
    assert.equal(task.state, "cancelled");
    return "fine";
  });
  assert.equal(value, "fine");
});

test("child and group cancelled at once: each has its own first reason", async () => {
  let reason: unknown;
  const result = group(async (g) => {
    const task = g.spawn(() =>
      sleep(60_000).catch((error) => {
        reason = error.reason;
      }),
    );
    task.cancel("child");
    g.cancel("group");
  });
  await assert.rejects(result, { ...CANCELLED, reason: "group" });
  assert.equal(reason, "child");
});

test("cancelling a task reaches what it does after a foreign await", async () => {
  const result = await group(async (g) => {
    const task = g.spawn(async () => {
      await turn();
      await sleep(60_000);
    });
    const sibling = g.spawn(async () => {
      await turn();
      await sleep(2);
      return "untouched";
    });
    task.cancel();
    await assert.rejects(task, CANCELLED);
    return sibling;
  });
  assert.equal(result, "untouched");
});

test("a task that ends well although cancelled keeps its own outcome", async () => {
  await group(async (g) => {
    const task = g.spawn(async () => {
      await sleep(60_000).catch(() => {});
      return 7;
    });
    task.cancel();
    assert.equal(await task, 7);
    assert.equal(task.state, "done");
    task.cancel("too late");
    assert.equal(await task, 7);
  });
});

test("spawning into a cancelled group gives a task that is cancelled and never starts", async () => {
  let started = false;
  await assert.rejects(
    group(async (g) => {
      g.cancel("over");
      const task = g.spawn(() => {
        started = true;
      });
      assert.equal(task.state, "cancelled");
      await assert.rejects(task, { ...CANCELLED, reason: "over" });
    }),
    CANCELLED,
  );
  assert.equal(started, false);
});

test("tasks still behind the limit are cancelled with the group and never start", async () => {
  const started: number[] = [];
  const states: string[] = [];
  await assert.rejects(
    group(
      async (g) => {
        const tasks = [0, 1, 2].map((i) =>
          g.spawn(async () => {
            started.push(i);
            await sleep(60_000);
          }),
        );
        g.cancel();
        states.push(...tasks.map((task) => task.state));
        await assert.rejects(tasks[2] ?? Promise.resolve(), CANCELLED);
      },
      { limit: 1 },
    ),
    CANCELLED,
  );
  assert.deepEqual(started, [0]);
  assert.deepEqual(states, ["running", "cancelled", "cancelled"]);
});

test("a task behind the limit that is cancelled alone leaves the queue at once", async () => {
  const started: number[] = [];
  await group(
    async (g) => {
      const tasks = [0, 1, 2].map((i) =>
        g.spawn(async () => {
          started.push(i);
          await turn();
        }),
      );
      tasks[1]?.cancel();
      assert.equal(g.size, 2);
      assert.equal(tasks[1]?.state, "cancelled");
    },
    { limit: 1 },
  );
  assert.deepEqual(started, [0, 2]);
});

test("an outer signal cancels the group with its reason, and leaves no listener", async () => {
  const abort = new AbortController();
  const result = group(() => sleep(60_000), { signal: abort.signal });
  abort.abort("outside");
  await assert.rejects(result, { ...CANCELLED, reason: "outside" });
  await assert.rejects(
    group(() => assert.fail("ran"), { signal: abort.signal }),
    { ...CANCELLED, reason: "outside" },
  );
});
