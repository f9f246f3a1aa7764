import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { group, type HeddleError, Mutex, pool, shield, sleep, type TaskPool } from "../../src/index.js";

type Tasks = typeof import("../fixtures/tasks.js");

let cpu: TaskPool<Tasks>;
const open = (threads: number) =>
  pool<Tasks>(new URL("../fixtures/tasks.js", import.meta.url), { threads, name: "scoped" });

before(async () => {
  cpu = open(2);
  await cpu.ready();
});
after(() => cpu.close());

const codeOf = (error: unknown) => (error as HeddleError).code;

test("cancelling a group cancels the calls made in it, and their tasks see it", async () => {
  const outcome = await group(async (g) => {
    const call = cpu.run("untilCancelled").catch(codeOf);
    await sleep(30);
    g.cancel("enough");
    return call;
  }).catch(codeOf);
  assert.equal(outcome, "CANCELLED");
  // The worker is free again because the task ended by itself: nothing was replaced.
  assert.equal(await cpu.run("add", [1, 2]), 3);
  assert.equal(cpu.stats().replaced, 0);
});

test("a call in a cancelled group is rejected and never runs", async () => {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  let code: unknown;
  await group(async (g) => {
    g.cancel();
    code = await cpu.run("mark", [flag]).catch(codeOf);
  }).catch(() => undefined);
  assert.equal(code, "CANCELLED");
  assert.equal(await cpu.run("add", [1, 1]), 2);
  assert.equal(flag[0], 0);
});

test("a shielded call runs to its end in a cancelled group", async () => {
  let sum: unknown;
  await group(async (g) => {
    g.cancel();
    sum = await shield(() => cpu.run("add", [20, 22]));
  }).catch(() => undefined);
  assert.equal(sum, 42);
});

test("the failure of a sibling cancels a call that still runs", async () => {
  const failure = new Error("sibling");
  let code: unknown;
  await assert.rejects(
    group(async (g) => {
      g.spawn(async () => {
        code = await cpu.run("untilCancelled").catch(codeOf);
      });
      await sleep(20);
      throw failure;
    }),
    (error) => error === failure,
  );
  assert.equal(code, "CANCELLED");
});

test("the deadline of the group is told to the task, and ends the call", async () => {
  await assert.rejects(
    group(
      async (g) => {
        assert.equal(await cpu.run("deadlineOf"), g.deadline);
        await cpu.run("untilCancelled");
      },
      { timeout: 100 },
    ),
    (error) => codeOf(error) === "TIMEOUT",
  );
});

test("calls outside of groups and after their group know nothing of it", async () => {
  await group(async () => {
    assert.equal(await cpu.run("add", [1, 2]), 3);
  });
  assert.equal(await cpu.run("deadlineOf"), undefined);
});

test("who waits for a lock lends its priority to the queued calls of the holder", async () => {
  await using one = open(1);
  await one.ready();
  const mutex = new Mutex({ name: "ledger" });
  const order: string[] = [];
  await group(async (g) => {
    void one.run("spin", [80]);
    g.spawn(async () => {
      using _guard = await mutex.acquire();
      await one.run("add", [1, 2]);
      order.push("holder");
    });
    for (let index = 0; index < 5; index++) {
      g.spawn(async () => {
        await one.run("spin", [1], { priority: 5 });
        order.push("other");
      });
    }
    await sleep(10);
    using _guard = await mutex.acquire({ priority: 10 });
  });
  assert.deepEqual(order, ["holder", "other", "other", "other", "other", "other"]);
});
