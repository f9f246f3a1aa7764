import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { open, pause, tasksModule, until } from "./sizing-support.js";

const module = tasksModule();
const poolFile = new URL("../../src/pool/pool.js", import.meta.url).href;
const observeFile = new URL("../../src/pool/observe.js", import.meta.url).href;

const timers = () => process.getActiveResourcesInfo().filter((what) => what === "Timeout").length;

/** Runs a program with an open \`pool\` in a process of its own. */
function child(options: object, body: string) {
  const text = `
    import { Pool } from ${JSON.stringify(poolFile)};
    import { observers } from ${JSON.stringify(observeFile)};
    const pool = new Pool(${JSON.stringify(module)}, ${JSON.stringify(options)}, () => observers([]));
    ${body}`;
  return spawn(process.execPath, ["--input-type=module", "-e", text], { stdio: ["pipe", "pipe", "inherit"] });
}

test("idle threads are released down to min, and not below", async () => {
  const pool = open(module, { threads: { min: 1, max: 6 }, idleTimeout: 100 });
  await Promise.all(Array.from({ length: 120 }, () => pool.run("rest", [50])));
  assert.ok(pool.engine.crew.wanted > 1, `${pool.engine.crew.wanted} threads`);
  assert.ok(await until(() => pool.engine.crew.alive === 1));
  await pause(400);
  assert.equal(pool.engine.crew.alive, 1);
  assert.equal(await pool.run("add", [1, 1]), 2);
  await pool.close();
});

test("with min 0 the last thread goes too, and the next call starts one", async () => {
  const pool = open(module, { threads: { min: 0, max: 2 }, idleTimeout: 60 });
  const first = await pool.run("where");
  assert.ok(await until(() => pool.engine.crew.list().length === 0));
  assert.notEqual(await pool.run("where"), first);
  await pool.close();
});

test("a thread that is busy for longer than idleTimeout is not released", async () => {
  const pool = open(module, { threads: { min: 0, max: 1 }, idleTimeout: 50 });
  const where = await pool.run("where");
  assert.equal(await pool.run("rest", [400]), where);
  await pool.close();
});

test("threads are released one at a time, a quarter of idleTimeout apart", async () => {
  const pool = open(module, { threads: { min: 0, max: 4 }, idleTimeout: 400 });
  await Promise.all(Array.from({ length: 60 }, () => pool.run("rest", [60])));
  const seen: number[] = [];
  await until(() => {
    const { wanted } = pool.engine.crew;
    if (seen.at(-1) !== wanted) seen.push(wanted);
    return wanted === 0;
  });
  assert.equal(seen.at(-1), 0);
  assert.ok(seen.length >= 3, seen.join(" "));
  await pool.close();
});

test("an idle pool has no timers", async () => {
  const before = timers();
  const pool = open(module, { threads: { min: 1, max: 4 }, idleTimeout: 60 });
  await Promise.all(Array.from({ length: 40 }, () => pool.run("rest", [20])));
  assert.ok(await until(() => pool.engine.crew.alive === 1));
  assert.ok(await until(() => timers() <= before), process.getActiveResourcesInfo().join(" "));
  assert.equal(pool.engine.pump.underWay, false);
  await pool.close();
});

test("a pool whose module cannot be loaded has no timers after a while", async () => {
  const before = timers();
  const broken = tasksModule(`throw new Error("broken");`);
  const pool = open(broken, { threads: { min: 0, max: 4 }, idleTimeout: 60 });
  await assert.rejects(pool.run("add"), { code: "TASK_LOAD" });
  assert.ok(await until(() => timers() <= before), process.getActiveResourcesInfo().join(" "));
  await pause(200);
  assert.ok(timers() <= before, process.getActiveResourcesInfo().join(" "));
  await pool.close();
});

for (const threads of [2, { min: 1, max: 4 }]) {
  test(`a process with an idle pool exits by itself: threads ${JSON.stringify(threads)}`, async () => {
    const program = child(
      { threads },
      `await Promise.all([1, 2, 3, 4].map((at) => pool.run("rest", [30])));`,
    );
    const guard = setTimeout(() => program.kill("SIGKILL"), 20_000);
    const code = await new Promise((done) => program.on("exit", (exit, signal) => done(exit ?? signal)));
    clearTimeout(guard);
    assert.equal(code, 0);
  });
}

test("an idle pool uses no CPU and does not wake up", {
  skip: process.platform !== "linux" && "/proc",
}, async () => {
  const program = child(
    { threads: { min: 2, max: 4 }, idleTimeout: 100 },
    `await Promise.all(Array.from({ length: 100 }, () => pool.run("rest", [10])));
     await new Promise((done) => setTimeout(done, 1500));
     process.stdin.on("data", () => process.exit(0));
     console.log("idle");`,
  );
  const guard = setTimeout(() => program.kill("SIGKILL"), 30_000);
  await new Promise((done) => program.stdout.once("data", done));
  await pause(300);
  const pid = program.pid ?? 0;
  const before = usage(pid);
  await pause(3_000);
  const after = usage(pid);
  program.stdin.write("bye");
  await new Promise((done) => program.on("exit", done));
  clearTimeout(guard);
  const cpuMs = after.cpuMs - before.cpuMs;
  const switches = after.switches - before.switches;
  assert.ok(cpuMs < 30, `${cpuMs} ms of CPU in 3 s`);
  assert.ok(switches < 60, `${switches} voluntary switches in 3 s`);
});

/** CPU time and voluntary context switches of all threads of a process. */
function usage(pid: number): { cpuMs: number; switches: number } {
  let cpuMs = 0;
  let switches = 0;
  for (const tid of readdirSync(`/proc/${pid}/task`)) {
    const folder = `/proc/${pid}/task/${tid}`;
    cpuMs += Number.parseInt(readFileSync(`${folder}/schedstat`, "latin1"), 10) / 1e6;
    const told = /^voluntary_ctxt_switches:\s*(\d+)/m.exec(readFileSync(`${folder}/status`, "latin1"));
    switches += Number(told?.[1] ?? 0);
  }
  return { cpuMs, switches };
}
