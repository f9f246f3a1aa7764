import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { test } from "node:test";
import { hold, watched, within } from "./storm/support.js";

const user = new AsyncLocalStorage<unknown>();
const trace = new AsyncLocalStorage<unknown>();
const options = { threads: 1, carry: { user, trace } };

test("carried values reach the task, as they were where the call was made", async () => {
  await using pool = watched(options);
  const calls = ["ann", { id: 7 }, new Map([["k", 1]])].map((who) =>
    user.run(who, () => pool.run("carried", ["a", 2])),
  );
  const seen = (await Promise.all(calls)) as { carried: { user: unknown }; args: unknown[] }[];
  assert.deepEqual(
    seen.map(({ carried }) => carried.user),
    ["ann", { id: 7 }, new Map([["k", 1]])],
  );
  for (const { args } of seen) assert.deepEqual(args, ["a", 2]);
});

test("storages that have no value are undefined, and several are kept apart", async () => {
  await using pool = watched(options);
  const seen = (await trace.run("t1", () => pool.run("carried"))) as { carried: Record<string, unknown> };
  assert.deepEqual(seen.carried, { user: undefined, trace: "t1" });
});

test("queued calls and calls by message carry their own values, not the last ones", async () => {
  await using pool = watched(options);
  const held = await hold(pool, 1);
  const calls = Array.from({ length: 200 }, (_, at) =>
    user.run({ at }, () => pool.run("carried", at % 3 === 0 ? [new Map([[at, at]])] : [at])),
  );
  await held.open();
  const seen = (await within(10_000, "calls", Promise.all(calls))) as { carried: { user: unknown } }[];
  assert.deepEqual(
    seen.map(({ carried }) => carried.user),
    seen.map((_, at) => ({ at })),
  );
});

test("a value that cannot be copied is an error that says it was carried", async () => {
  await using pool = watched(options);
  await user.run({ close: () => undefined }, async () => {
    await assert.rejects(pool.run("carried", [1]), { code: "NOT_CLONEABLE", path: "a carried value" });
  });
  await user.run("fine", async () => {
    await assert.rejects(pool.run("carried", [1, () => 2]), { code: "NOT_CLONEABLE", path: "argument 2" });
  });
});

test("without carry a task finds an empty object", async () => {
  await using pool = watched({ threads: 1 });
  assert.deepEqual(await user.run("ann", () => pool.run("carried")), { carried: {}, args: [] });
});

test("the caller's own context is the same after the call", async () => {
  await using pool = watched(options);
  await user.run("ann", async () => {
    await pool.run("add", [1, 1]);
    assert.equal(user.getStore(), "ann");
    await pool.run("echo", [new Map()]);
    assert.equal(user.getStore(), "ann");
  });
});

test("what is to be carried but is no AsyncLocalStorage is named when the pool is opened", () => {
  assert.throws(() => watched({ threads: 1, carry: { user: new Map() as unknown as typeof user } }), {
    code: "BAD_OPTION",
    message: /carry\.user must be an AsyncLocalStorage/,
  });
});
