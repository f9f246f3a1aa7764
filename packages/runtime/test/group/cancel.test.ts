import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { checkpoint, type Group, group, sleep } from "../../src/group/index.js";
import { ambient } from "../../src/group/scope.js";
import { park, Waiter } from "../../src/group/wait.js";
import { WaitQueue } from "../../src/group/wait-queue.js";

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

test("no AbortController is made while nobody reads a signal", async (t) => {
  const made = t.mock.fn();
  const Original = globalThis.AbortController;
  class Counted extends Original {
    constructor() {
      super();
      made();
    }
  }
  globalThis.AbortController = Counted;
  try {
    const outside = new Original();
    await assert.rejects(
      group(
        async (g) => {
          g.spawn(() => sleep(60_000));
          g.spawn(() => group(() => sleep(60_000)));
          g.cancel();
        },
        { signal: outside.signal, timeout: 1000 },
      ),
    );
    assert.equal(made.mock.callCount(), 0);
    await group((g) => assert.equal(g.signal, g.signal));
    assert.equal(made.mock.callCount(), 1);
  } finally {
    globalThis.AbortController = Original;
  }
});

test("signal.reason is what was given to cancel; our own error where nothing was", async () => {
  await assert.rejects(
    group((g) => {
      const { signal } = g;
      g.cancel("why");
      assert.equal(signal.aborted, true);
      assert.equal(signal.reason, "why");
    }),
  );
  await assert.rejects(
    group((g) => {
      g.cancel();
      assert.equal(g.signal.reason.code, "CANCELLED");
    }),
  );
});

test("a user's abort listener that spawns or cancels meets a group that is cancelled already", async () => {
  await assert.rejects(
    group(async (g) => {
      g.spawn((self) => {
        self.signal.addEventListener("abort", () => {
          assert.equal(g.spawn(() => 1).state, "cancelled");
          g.cancel("late");
        });
        return sleep(60_000);
      });
      g.cancel("first");
    }),
    { ...CANCELLED, reason: "first" },
  );
});

test("failures after the group's own cancel are its cause, so that nothing is lost", async () => {
  const bug = new Error("rollback failed");
  await assert.rejects(
    group(async (g) => {
      g.spawn(async () => {
        await sleep(60_000).catch(() => {});
        throw bug;
      });
      g.cancel("stop");
    }),
    (error: Error & { code: string; reason: unknown }) => {
      assert.equal(error.code, "CANCELLED");
      assert.equal(error.reason, "stop");
      return error.cause === bug;
    },
  );
});

test("failures in a group that was cancelled from outside reach the group outside", async () => {
  const first = new Error("first");
  const bug = new Error("rollback failed");
  await assert.rejects(
    group(async (g) => {
      g.spawn(() =>
        group(async (inner) => {
          inner.spawn(async () => {
            await sleep(60_000).catch(() => {});
            throw bug;
          });
        }),
      );
      await turn();
      throw first;
    }),
    (error) => error instanceof AggregateError && error.errors[0] === first && error.errors[1] === bug,
  );
});

test("a CancelError in a task that nobody cancelled is a failure: it must not vanish", async () => {
  await assert.rejects(
    group(async (g) => {
      const other = g.spawn(() => sleep(60_000));
      g.spawn(async () => {
        await other;
      });
      other.cancel("gone");
      await turn();
    }),
    { ...CANCELLED, reason: "gone" },
  );
});

test("in a group that is being cancelled nothing is granted: what one wait leaves goes to those outside", async () => {
  const queue = new WaitQueue<Waiter<string>>();
  class PassesOn extends Waiter<string> {
    protected override leave(): void {
      super.leave();
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        if (next.grant("passed on")) return;
      }
    }
  }
  const seen: unknown[] = [];
  const enter = () => {
    const waiter = new PassesOn();
    queue.push(waiter);
    return park(waiter, ambient());
  };
  let outside: Promise<string> | undefined;
  await assert.rejects(
    group(async (g) => {
      for (let i = 0; i < 3; i++) g.spawn(() => enter().then((value) => seen.push(value)));
      const waiter = new Waiter<string>();
      queue.push(waiter);
      outside = park(waiter, undefined);
      g.cancel("all");
    }),
    { ...CANCELLED, reason: "all" },
  );
  assert.equal(await outside, "passed on");
  assert.deepEqual(seen, []);
});

test("a loop that swallows cancellation cannot hold the event loop", async () => {
  let stop = false;
  setImmediate(() => {
    stop = true;
  });
  await assert.rejects(
    group(async (g: Group) => {
      g.cancel();
      for (let i = 0; i < 10_000_000 && !stop; i++) await sleep(1).catch(() => {});
    }),
    CANCELLED,
  );
  assert.equal(stop, true);
});
