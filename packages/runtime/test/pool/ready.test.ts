import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { open, tasksModule } from "./sizing-support.js";

const module = tasksModule();

test("ready() resolves when min threads have loaded the module", async () => {
  const pool = open(module, { threads: { min: 2, max: 3 } });
  await pool.ready();
  assert.equal(pool.engine.crew.list().filter((thread) => thread.state === "ready").length, 2);
  await pool.ready();
  await pool.close();
});

test("ready() of a pool with min 0 starts one thread", async () => {
  const pool = open(module, { threads: { min: 0, max: 3 } });
  await pool.ready();
  assert.equal(pool.engine.crew.alive, 1);
  await pool.close();
});

test("ready() rejects when the module cannot be loaded", async () => {
  const pool = open(tasksModule(`throw new TypeError("no such luck");`), { threads: 2 });
  await assert.rejects(pool.ready(), { code: "TASK_LOAD", message: /no such luck/ });
  await pool.close();
});

test("ready() rejects when a thread ends while it loads", async () => {
  const pool = open(tasksModule(`process.exit(7);`), { threads: { min: 0, max: 1 } });
  await assert.rejects(pool.ready(), { code: "TASK_LOAD", message: /exit code 7/ });
  await pool.close();
});

test("ready() rejects when the pool is closed first, and afterwards", async () => {
  const slow = tasksModule(`await new Promise((done) => setTimeout(done, 2000)); export const a = () => 1;`);
  const pool = open(slow, { threads: 1 });
  const ready = pool.ready();
  const closed = pool.terminate();
  await assert.rejects(ready, { code: "CLOSED" });
  await closed;
  await assert.rejects(pool.ready(), { code: "CLOSED" });
});

test("a process that awaits ready() alone does not end before it", async () => {
  const poolFile = new URL("../../src/pool/pool.js", import.meta.url).href;
  const observeFile = new URL("../../src/pool/observe.js", import.meta.url).href;
  const text = `
    import { Pool } from ${JSON.stringify(poolFile)};
    import { observers } from ${JSON.stringify(observeFile)};
    const pool = new Pool(${JSON.stringify(module)}, { threads: 1 }, () => observers([]));
    await pool.ready();
    process.exitCode = 3;`;
  const program = spawn(process.execPath, ["--input-type=module", "-e", text], { stdio: "inherit" });
  const guard = setTimeout(() => program.kill("SIGKILL"), 20_000);
  const code = await new Promise((done) => program.on("exit", (exit, signal) => done(exit ?? signal)));
  clearTimeout(guard);
  assert.equal(code, 3);
});
