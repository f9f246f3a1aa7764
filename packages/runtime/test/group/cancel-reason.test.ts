import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { type Group, group, sleep } from "../../src/group/index.js";
import { ambient } from "../../src/group/scope.js";
import { park, Waiter } from "../../src/group/wait.js";
import { WaitQueue } from "../../src/group/wait-queue.js";

const CANCELLED = { code: "CANCELLED" };

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
