import assert from "node:assert/strict";
import { test } from "node:test";
import { Demand } from "../../src/pool/sizing-demand.js";
import { TID, workerBlock } from "../../src/wire/layout.js";
import { open, pause, tasksModule, until } from "./sizing-support.js";

const module = tasksModule();

/** What the one worker of a pool asks for while it runs a task. `blind`: as on a system that does not tell. */
async function demandOf(task: string, blind: boolean): Promise<number> {
  const pool = open(module, { threads: 1, nice: 0 });
  await pool.ready();
  const [thread] = pool.engine.crew.list();
  assert.ok(thread !== undefined);
  const { control } = pool.engine.shared;
  if (blind) control[workerBlock(thread.index) + TID] = 0;
  const demand = new Demand(control);
  const running = pool.run(task, [600]);
  await pause(150);
  assert.equal(demand.read([thread]), undefined);
  await pause(250);
  const share = demand.read([thread]);
  await running;
  await pool.close();
  assert.ok(share !== undefined);
  return share;
}

for (const blind of [false, true]) {
  const system = blind ? "without the scheduler's counts" : "with the scheduler's counts";
  const skip = !blind && process.platform !== "linux" && "/proc";

  test(`a task that computes asks for a core: ${system}`, { skip }, async () => {
    const share = await demandOf("burn", blind);
    assert.ok(share > 0.7, `${share}`);
  });

  test(`a task that waits in its event loop asks for little: ${system}`, { skip }, async () => {
    const share = await demandOf("rest", blind);
    assert.ok(share < 0.3, `${share}`);
  });
}

test("a task that blocks its thread asks for little", {
  skip: process.platform !== "linux" && "/proc",
}, async () => {
  const share = await demandOf("block", false);
  assert.ok(share < 0.3, `${share}`);
});

test("a thread that is gone is not asked for", async () => {
  const pool = open(module, { threads: 1 });
  await pool.ready();
  const demand = new Demand(pool.engine.shared.control);
  const threads = pool.engine.crew.list();
  demand.read(threads);
  await pool.close();
  assert.ok(await until(() => threads.every((thread) => thread.state === "gone")));
  assert.equal(demand.read([]), undefined);
  assert.ok((demand.read(threads) ?? 0) <= 1);
});
