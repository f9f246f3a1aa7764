import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { afterEach, test } from "node:test";
import { setTimeout as later } from "node:timers/promises";
import { report } from "../../src/group/config.js";
import { liveGroups } from "../../src/group/group-scope.js";
import { configure, group, onReport, type Report, shield, sleep } from "../../src/group/index.js";
import { leaks } from "../../src/metrics/leaks.js";

afterEach(() => configure({ reports: "on" }));

async function reportsOf(work: () => Promise<unknown>): Promise<Report[]> {
  const reports: Report[] = [];
  const stop = onReport((one) => void reports.push(one));
  try {
    await assert.rejects(work);
  } finally {
    stop();
  }
  return reports;
}

async function stubborn(ms: number): Promise<void> {
  await later(ms);
}

test("a child that ignores cancellation is reported with the stack that spawned it", async () => {
  const [one, ...more] = await reportsOf(() =>
    group(
      function spawner(g) {
        g.spawn(() => stubborn(40), { name: "deaf" });
        g.cancel();
      },
      { warnAfter: 5, name: "g" },
    ),
  );
  assert.equal(more.length, 0);
  assert.equal(one?.kind, "ignores-cancel");
  assert.match(one?.message ?? "", /^task "deaf" of group "g" still runs 5 ms after it was cancelled/);
  assert.match(one?.stacks[0] ?? "", /spawner/);
});

test("a task cancelled alone that goes on is reported too", async () => {
  const [one] = await reportsOf(() =>
    group(
      async (g) => {
        const task = g.spawn(() => stubborn(40), { name: "alone" });
        task.cancel();
        await task;
        throw new Error("end");
      },
      { warnAfter: 5 },
    ),
  );
  assert.match(one?.message ?? "", /task "alone"/);
});

test("who heeds cancel, cleans up in a shield or waits for a group of its own is not reported", async () => {
  const reports = await reportsOf(() =>
    group(
      (g) => {
        g.spawn(() => sleep(60_000));
        g.spawn(() => shield(() => sleep(30)));
        g.spawn(() => group(() => shield(() => sleep(30))));
        g.cancel();
      },
      { warnAfter: 5 },
    ),
  );
  assert.deepEqual(reports, []);
});

test("with reports off nothing is reported and no stack is taken", async () => {
  configure({ reports: "off" });
  const reports = await reportsOf(() =>
    group(
      (g) => {
        const task = g.spawn(() => stubborn(20)) as unknown as { stack: unknown };
        assert.equal(task.stack, undefined);
        g.cancel();
      },
      { warnAfter: 1 },
    ),
  );
  assert.deepEqual(reports, []);
});

test("a report goes to the channel heddle:report, and without a listener to a warning, once", async () => {
  const published: unknown[] = [];
  const warnings: Error[] = [];
  const hear = (message: unknown) => void published.push(message);
  const warn = (warning: Error) => void (warning.name === "HeddleWarning" && warnings.push(warning));
  subscribe("heddle:report", hear);
  process.on("warning", warn);
  try {
    for (let i = 0; i < 3; i++) report({ kind: "leak", message: "a test leaks", stacks: [] });
    await later(1);
  } finally {
    unsubscribe("heddle:report", hear);
    process.off("warning", warn);
  }
  assert.equal(published.length, 3);
  assert.deepEqual(
    warnings.map(({ message }) => message),
    ["a test leaks"],
  );
  assert.equal((warnings[0] as { code?: string }).code, "HEDDLE_LEAK");
});

test("configure refuses what it does not know", () => {
  assert.throws(() => configure({ reports: "maybe" as "on" }), { code: "BAD_OPTION" });
});

test("leaks names live groups and tasks with their stacks; ended ones are gone", async () => {
  const before = liveGroups().size;
  await group(
    async (g) => {
      g.spawn(() => sleep(1), { name: "leaky task" });
      const names = leaks().map(({ kind, name }) => `${kind} ${name}`);
      assert.ok(names.includes('group group "leaky"'), names.join());
      assert.ok(names.includes('task task "leaky task"'), names.join());
    },
    { name: "leaky" },
  );
  assert.ok(!leaks().some(({ name }) => name.includes("leaky")));
  assert.equal(liveGroups().size, before);
});

test("leaks names waits that have not ended, in a task with the stack that spawned it", async () => {
  const waits = () => leaks().filter(({ kind }) => kind === "waiter");
  await group(function spawner(g) {
    const task = g.spawn(() => sleep(60_000));
    assert.deepEqual(
      waits().map(({ name }) => name),
      ["the sleep"],
    );
    assert.match(waits()[0]?.stack ?? "", /spawner/);
    task.cancel();
  });
  assert.deepEqual(waits(), []);
});
