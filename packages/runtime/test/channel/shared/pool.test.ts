import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sharedChannel } from "../../../src/channel/shared/shared-channel.js";
import { pool } from "../../../src/pool/handle.js";

const tasks = new URL("./pool-tasks.js", import.meta.url);

test("both ends are arguments of a pool task, which closes when it is through", async () => {
  await using cpu = pool<typeof import("./pool-tasks.js")>(tasks, { threads: 1 });
  const numbers = sharedChannel<number>(8);
  const results = sharedChannel<number>(8);
  const counted = cpu.run("squares", [numbers.receiver, results.sender]);
  const sending = (async () => {
    for (let n = 0; n < 100; n++) await numbers.sender.send(n);
    numbers.sender.close();
  })();
  let expected = 0;
  for await (const square of results.receiver) assert.equal(square, expected ** 2, `${expected++}`);
  await sending;
  assert.equal(expected, 100);
  assert.equal(await counted, 100);
});

test("a second task, in another thread, takes an end over where the first one has left it", async () => {
  const numbers = sharedChannel<number>(4);
  const sending = (async () => {
    for (let first = 0; first < 60; first += 20) {
      await using cpu = pool<typeof import("./pool-tasks.js")>(tasks, { threads: 1 });
      await cpu.run("range", [numbers.sender, first, first + 20]);
    }
    numbers.close();
  })();
  let expected = 0;
  for await (const n of numbers.receiver) assert.equal(n, expected++);
  assert.equal(expected, 60);
  await sending;
});

test("closing the channel stops a task that sends without end", async () => {
  await using cpu = pool<typeof import("./pool-tasks.js")>(tasks, { threads: 1 });
  const numbers = sharedChannel<number>(4);
  const task = cpu.run("endless", [numbers.sender]);
  const stopped = assert.rejects(task, { code: "CHANNEL_CLOSED" });
  for await (const n of numbers.receiver) if (n === 10) break;
  numbers.close();
  await stopped;
});

const run = promisify(execFile);
const program = fileURLToPath(new URL("./idle.js", import.meta.url));

test("a process with ends that nobody waits on ends by itself", async () => {
  const { stdout } = await run(process.execPath, [program, "idle"], { timeout: 10_000 });
  assert.equal(stdout, "idle");
});

test("closing with an error lets a process end that had sent a large item nobody reads", async () => {
  const { stdout } = await run(process.execPath, [program, "abandoned"], { timeout: 10_000 });
  assert.equal(stdout, "abandoned");
});

test("a wait keeps the process alive until the item comes", async () => {
  const { stdout } = await run(process.execPath, [program, "wait"], { timeout: 10_000 });
  assert.equal(stdout, "got 42");
});
