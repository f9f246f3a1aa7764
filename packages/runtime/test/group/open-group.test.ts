import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { group, type OpenGroup, openGroup, sleep } from "../../src/group/index.js";

test("leaving the block cancels what still runs and joins it", async () => {
  const seen: string[] = [];
  {
    await using g = openGroup();
    g.spawn(async () => {
      try {
        await sleep(60_000);
      } finally {
        await turn();
        seen.push("joined");
      }
    });
  }
  assert.deepEqual(seen, ["joined"]);
});

test("join waits for all tasks without cancelling them, and ends the group", async () => {
  const seen: number[] = [];
  await using g = openGroup();
  g.spawn(async () => {
    await sleep(2);
    seen.push(1);
  });
  await g.join();
  assert.deepEqual(seen, [1]);
  assert.throws(() => g.spawn(() => 1), { code: "CLOSED" });
});

test("the first failure cancels the siblings, and join throws it", async () => {
  const error = new Error("boom");
  await using g = openGroup();
  const other = g.spawn(() => sleep(60_000));
  g.spawn(() => Promise.reject(error));
  await assert.rejects(g.join(), (thrown) => thrown === error);
  assert.equal(other.state, "cancelled");
});

test("a failure nobody awaited is thrown when the block is left", async () => {
  const error = new Error("boom");
  await assert.rejects(
    (async () => {
      await using g = openGroup();
      g.spawn(() => Promise.reject(error));
      await turn();
    })(),
    (thrown) => thrown === error,
  );
});

test("a failure that left the block by an await comes once, as itself", async () => {
  const error = new Error("boom");
  await assert.rejects(
    (async () => {
      await using g = openGroup();
      await g.spawn(() => Promise.reject(error));
    })(),
    (thrown) => thrown === error,
  );
});

test("a deadline that cut the block's tasks is thrown when it is left", async () => {
  await assert.rejects(
    (async () => {
      await using g = openGroup({ timeout: 5 });
      g.spawn(() => sleep(60_000));
      await new Promise((resolve) => setTimeout(resolve, 20));
    })(),
    { code: "TIMEOUT" },
  );
});

test("who cancels the group gets no error for it on leaving", async () => {
  await using g = openGroup();
  g.spawn(() => sleep(60_000));
  g.cancel("enough");
});

test("a group left open inside another is cancelled and awaited when that one ends", async () => {
  let left: OpenGroup | undefined;
  let cleaned = false;
  await group(() => {
    left = openGroup();
    left.spawn(async () => {
      await sleep(60_000).catch(() => {});
      await turn();
      cleaned = true;
    });
  });
  assert.equal(cleaned, true);
  assert.equal(left?.stats().state, "ended");
});

test("what fails unseen in a group left open fails the one outside", async () => {
  await assert.rejects(
    group(() => {
      openGroup().spawn(() => Promise.reject(new Error("unseen")));
    }),
    { message: "unseen" },
  );
});

test("opened in a cancelled group it is cancelled from the start", async () => {
  await assert.rejects(
    group(async (outer) => {
      outer.cancel("over");
      const g = openGroup();
      assert.equal(g.spawn(() => 1).state, "cancelled");
      await assert.rejects(g.join(), { code: "CANCELLED", reason: "over" });
    }),
  );
});

test("a join that others forestalled still tells how the group ended", async () => {
  const error = new Error("boom");
  const g = openGroup();
  g.spawn(() => Promise.reject(error));
  await turn();
  await assert.rejects(Promise.resolve(g[Symbol.asyncDispose]()), (thrown) => thrown === error);
  await assert.rejects(g.join(), (thrown) => thrown === error);
  await assert.rejects(g.join(), (thrown) => thrown === error);
});
