import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as later } from "node:timers/promises";
import { checkpoint, type Group, group, shield, sleep, timeout } from "../../src/group/index.js";
import { ready } from "../../src/group/slice.js";

const LATE = { code: "TIMEOUT" };

test("a deadline that passes rejects with TimeoutError, which knows the deadline", async () => {
  let deadline: number | undefined;
  const before = Date.now();
  await assert.rejects(
    group(
      async (g) => {
        deadline = g.deadline;
        await sleep(60_000);
      },
      { timeout: 20, name: "slow" },
    ),
    (error: Error & { code: string; deadline: number }) => {
      assert.equal(error.code, "TIMEOUT");
      assert.equal(error.deadline, deadline);
      assert.equal(error.message, 'group "slow" did not end within 20 ms');
      return true;
    },
  );
  assert.ok(deadline !== undefined && deadline > before && deadline < before + 10_000);
});

test("a group whose deadline passed rejects even if its body swallowed that and returned", async () => {
  await assert.rejects(
    group(
      async () => {
        await sleep(60_000).catch(() => {});
        return "swallowed";
      },
      { timeout: 5 },
    ),
    LATE,
  );
});

test("a body that blocked the loop past its deadline is late too", async () => {
  await assert.rejects(
    group(
      () => {
        const end = performance.now() + 15;
        while (performance.now() < end);
      },
      { timeout: 5 },
    ),
    LATE,
  );
});

test("waits in a group whose deadline passed reject with CancelError, whose reason is the TimeoutError", async () => {
  let seen: unknown;
  await assert.rejects(
    group(
      async (g) => {
        g.signal;
        await sleep(60_000).catch((error: unknown) => {
          seen = error;
        });
        assert.equal(g.signal.reason.code, "TIMEOUT");
      },
      { timeout: 5 },
    ),
    LATE,
  );
  assert.equal((seen as { code: string }).code, "CANCELLED");
  assert.equal((seen as { reason: { code: string } }).reason.code, "TIMEOUT");
});

test("the effective deadline is the minimum of all outside", async () => {
  await group(
    async (outer) => {
      await group((inner) => assert.equal(inner.deadline, outer.deadline), { timeout: 90_000 });
      await group((inner) => assert.ok(Number(inner.deadline) < Number(outer.deadline)), { timeout: 10_000 });
      await group((inner) => assert.equal(inner.deadline, outer.deadline));
      await group((inner) => assert.equal(inner.deadline, 5e12), { deadline: 5e12 }).catch(() => {});
      await outer.spawn(() => group((inner) => assert.equal(inner.deadline, outer.deadline)));
    },
    { timeout: 60_000 },
  );
  await group((g) => assert.equal(g.deadline, undefined));
});

test("an outer deadline ends the groups in it with TimeoutError, as it is theirs too", async () => {
  let inner: { code?: string } = {};
  await assert.rejects(
    group(
      async () => {
        await group(() => sleep(60_000), { timeout: 50_000 }).catch((error) => {
          inner = error;
        });
      },
      { timeout: 5 },
    ),
    LATE,
  );
  assert.equal(inner.code, "TIMEOUT");
});

test("a deadline that has passed runs nothing", async () => {
  const never = () => assert.fail("ran");
  await assert.rejects(group(never, { timeout: 0 }), LATE);
  await assert.rejects(group(never, { deadline: Date.now() - 5_000 }), LATE);
});

test("deadlines fire while tasks ping-pong in microtasks", async () => {
  await assert.rejects(
    group(
      (g) => {
        g.spawn(async () => {
          for (let i = 0; i < 50_000_000; i++) await checkpoint();
        });
        g.spawn(async () => {
          while (g.stats().state === "open") await ready(1);
        });
      },
      { timeout: 20 },
    ),
    LATE,
  );
});

test("an ended group's deadline holds nothing", async () => {
  const g = await group((it: Group) => it, { timeout: 10 });
  await later(20);
  assert.equal(g.stats().state, "ended");
});

test("timeout(ms, fn) cancels and awaits fn, then rejects with TimeoutError", async () => {
  let cleaned = false;
  await assert.rejects(
    timeout(5, async () => {
      try {
        await sleep(60_000);
      } finally {
        await shield(() => sleep(2));
        cleaned = true;
      }
    }),
    LATE,
  );
  assert.equal(cleaned, true);
  assert.equal(await timeout(60_000, () => 7), 7);
});

test("shield runs cleanup that cancellation must not cut short", async () => {
  const seen: string[] = [];
  await assert.rejects(
    group(async (g) => {
      try {
        g.cancel();
        await sleep(60_000);
      } finally {
        await shield(async (s) => {
          assert.equal(s.signal.aborted, false);
          await sleep(2);
          await group(() => sleep(1));
          seen.push("cleaned");
        });
        await sleep(1).catch(() => seen.push("cancelled again"));
      }
    }),
    { code: "CANCELLED" },
  );
  assert.deepEqual(seen, ["cleaned", "cancelled again"]);
});

test("a cancel that comes during a shield waits until it is over", async () => {
  const seen: string[] = [];
  await assert.rejects(
    group(async (g) => {
      g.spawn(async () => {
        await shield(async () => {
          await sleep(5);
          seen.push("shielded");
        });
        await sleep(1).catch(() => seen.push("then cancelled"));
      });
      g.cancel();
    }),
    { code: "CANCELLED" },
  );
  assert.deepEqual(seen, ["shielded", "then cancelled"]);
});

test("a shield ends at its own timeout", async () => {
  await assert.rejects(
    group(async (g) => {
      g.cancel("out");
      await assert.rejects(
        shield(() => sleep(60_000), { timeout: 5 }),
        LATE,
      );
    }),
    { code: "CANCELLED" },
  );
});

test("failures after the deadline are the TimeoutError's cause", async () => {
  const bug = new Error("rollback failed");
  await assert.rejects(
    group(
      async (g) => {
        g.spawn(async () => {
          await sleep(60_000).catch(() => {});
          throw bug;
        });
      },
      { timeout: 5 },
    ),
    (error: Error & { code: string }) => error.code === "TIMEOUT" && error.cause === bug,
  );
});
