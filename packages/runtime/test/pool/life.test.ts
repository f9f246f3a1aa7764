import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { hold, TASKS, until, watched, within } from "./storm/support.js";

const POOL = new URL("../../src/pool/index.js", import.meta.url).href;

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly ms: number;
}

/** Runs a program that imports the pool, as a process of its own; it is ended after 15 s. */
async function program(text: string): Promise<Run> {
  const began = performance.now();
  const source = `import { pool } from ${JSON.stringify(POOL)};\nconst TASKS = ${JSON.stringify(TASKS)};\n${text}`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source], { timeout: 15_000 });
  let out = "";
  child.stdout.on("data", (data) => {
    out += String(data);
  });
  child.stderr.on("data", (data) => {
    out += String(data);
  });
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, out, ms: performance.now() - began };
}

test("a forgotten pool lets the process exit", async () => {
  const { code, out } = await program(`
    const cpu = pool(TASKS, { threads: 2 });
    console.log(await cpu.run("add", [1, 2]));
  `);
  assert.equal(out, "3\n");
  assert.equal(code, 0);
});

test("a pool that was never used lets the process exit", async () => {
  const { code, out } = await program(`pool(TASKS, { threads: 2 }); console.log("end");`);
  assert.deepEqual([code, out], [0, "end\n"]);
});

test("a pending call keeps the process alive until it settles, awaited or not", async () => {
  const { code, out } = await program(`
    const cpu = pool(TASKS, { threads: 1 });
    cpu.run("sleep", [300]).then(() => cpu.run("echo", [new Map()])).then(() => console.log("settled"));
  `);
  assert.deepEqual([code, out], [0, "settled\n"]);
});

test("a call made while a cancelled one still runs keeps the process alive too", async () => {
  const { code, out } = await program(`
    const cpu = pool(TASKS, { threads: 2, grace: 3000 });
    await cpu.run("add", [1, 1]);
    const first = cpu.run("spin", [150], { timeout: 20 });
    await first.catch(() => undefined);
    setImmediate(() => setImmediate(() => cpu.run("sleep", [400]).then(() => console.log("settled"))));
  `);
  assert.deepEqual([code, out], [0, "settled\n"]);
});

test("timeouts of calls that have settled do not keep the process alive", async () => {
  const { code, ms } = await program(`
    const cpu = pool(TASKS, { threads: 1, queue: { capacity: 0, onFull: "reject" } });
    const { signal } = new AbortController();
    await cpu.run("add", [1, 1], { signal, timeout: 60000 });
    const running = cpu.run("sleep", [50], { timeout: 60000 });
    await cpu.run("add", [1, 1], { timeout: 60000 }).catch(() => undefined);
    await running;
  `);
  assert.equal(code, 0);
  assert.ok(ms < 10_000);
});

test("a rejection that nobody handles is reported as any other", async () => {
  const { code, out } = await program(`pool(TASKS, { threads: 1 }).run("failOdd", ["nobody"]);`);
  assert.equal(code, 1);
  assert.match(out, /OddError.*nobody/);
});

test("an onProgress that throws is an uncaught exception, not a pool that hangs", async () => {
  const { code, out } = await program(`
    const cpu = pool(TASKS, { threads: 1 });
    process.on("uncaughtException", (error) => console.log("uncaught", error.message));
    const onProgress = () => { throw new Error("mine"); };
    console.log(await cpu.run("report", [1], { onProgress }), await cpu.run("add", [1, 2]));
  `);
  assert.equal(code, 0);
  assert.match(out, /uncaught mine/);
  assert.match(out, /done 3/);
});

test("await using closes the pool at the end of the block", async () => {
  const { code, out } = await program(`
    const cpu = pool(TASKS, { threads: 1 });
    const pending = cpu.run("sleep", [100]).then(() => console.log("drained"));
    await cpu[Symbol.asyncDispose]();
    console.log("closed");
    await pending;
  `);
  assert.deepEqual([code, out], [0, "drained\nclosed\n"]);
});

test("close() lets everything that was called end, then the threads are gone", async () => {
  const { pool, run } = asParts(watched({ threads: 3 }));
  const calls = Array.from({ length: 60 }, (_, at) => run(at % 2 === 0 ? "spin" : "sleep", [3]));
  const closing = pool.close();
  const ends = await within(10_000, "calls", Promise.allSettled(calls));
  assert.ok(ends.every((end) => end.status === "fulfilled"));
  await within(5_000, "close", closing);
  assert.equal(pool.engine.crew.list().length, 0);
});

test("close() waits for every busy worker, not for the first", async () => {
  const { pool, run } = asParts(watched({ threads: 3 }));
  let ended = 0;
  const calls = [50, 200, 400].map((ms) => run("sleep", [ms]).then(() => ended++));
  await within(5_000, "close", pool.close());
  assert.equal(ended, 3);
  await Promise.all(calls);
});

test("closing twice, and terminate after close, resolve; a call afterwards is a ClosedError", async () => {
  const { pool, run } = asParts(watched({ threads: 1 }));
  await run("add", [1, 1]);
  await within(5_000, "close", Promise.all([pool.close(), pool.close()]));
  await within(1_000, "close again", pool.close());
  await within(1_000, "terminate", pool.terminate());
  await assert.rejects(run("add", [1, 1]), { code: "CLOSED" });
  const { signal } = new AbortController();
  await assert.rejects(run("add", [1, 1], { signal, timeout: 10_000 }), { code: "CLOSED" });
});

test("terminate() rejects running and queued calls with ClosedError, at once", async () => {
  const all = watched({ threads: 1 });
  await hold(all, 1);
  const calls = [all.run("add", [1, 1]), all.run("echo", [new Map()]), all.run("sleep", [1])];
  const ends = Promise.allSettled(calls);
  const terminating = all.pool.terminate();
  for (const end of await within(1_000, "calls", ends)) {
    assert.equal(end.status === "rejected" && (end.reason as { code: string }).code, "CLOSED");
  }
  await within(5_000, "terminate", terminating);
});

test("terminate() during close() ends it", async () => {
  const { pool, run } = asParts(watched({ threads: 2 }));
  const hung = run("hang");
  hung.catch(() => undefined);
  const closing = pool.close();
  await new Promise((done) => setTimeout(done, 50));
  await within(5_000, "terminate", pool.terminate());
  await within(5_000, "close", closing);
  await assert.rejects(hung, { code: "CLOSED" });
});

test("close() before the threads have loaded", async () => {
  for (let round = 0; round < 5; round++) {
    const { pool, run } = asParts(watched({ threads: 2 }));
    const call = run("add", [1, round]);
    await within(5_000, "close", pool.close());
    assert.equal(await call, 1 + round);
    const unused = watched({ threads: 2 });
    await within(5_000, "close", unused.pool.close());
  }
});

test("a cancelled task that never ends holds close() up no longer than grace", async () => {
  const { pool, run } = asParts(watched({ threads: 1, grace: 100 }));
  await run("add", [1, 1]);
  await assert.rejects(run("hang", [], { timeout: 30 }), { code: "TIMEOUT" });
  await within(3_000, "close", pool.close());
});

test("progress arrives in order, all of it before the end and none after", async () => {
  await using pool = watched({ threads: 2 });
  for (let round = 0; round < 50; round++) {
    const seen: unknown[] = [];
    assert.equal(await pool.run("report", [30], { onProgress: (value) => seen.push(value) }), "done");
    assert.deepEqual(
      seen,
      Array.from({ length: 30 }, (_, step) => step),
    );
  }
  const late: unknown[] = [];
  await pool.run("reportLate", [], { onProgress: (value) => late.push(value) });
  const beat = new Int32Array(new SharedArrayBuffer(4));
  let ended = false;
  const controller = new AbortController();
  const endless = pool.run("reportForever", [beat.buffer], {
    signal: controller.signal,
    onProgress: () => assert.equal(ended, false, "progress after the end"),
  });
  await until(() => Atomics.load(beat, 0) > 5, "some progress");
  controller.abort();
  await endless.catch(() => undefined);
  ended = true;
  const before = Atomics.load(beat, 0);
  await until(() => Atomics.load(beat, 0) > before + 20, "more progress of the cancelled task");
  assert.deepEqual(late, []);
});

function asParts(all: ReturnType<typeof watched>) {
  return { pool: all.pool, run: all.run.bind(all) };
}
