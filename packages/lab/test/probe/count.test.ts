import assert from "node:assert/strict";
import { test } from "node:test";
import { countTree, type TreeDelta } from "../../src/probe/count.js";
import { lostTicks } from "../../src/probe/lost.js";
import type { StatRecord } from "../../src/probe/record.js";
import { sessionPids } from "../../src/probe/session.js";
import { onLinux, startNode, stay, until } from "./_child.js";

const burn = "const e = process.cpuUsage().user + 200_000; while (process.cpuUsage().user < e);";

function found(delta: TreeDelta | null): TreeDelta {
  assert.ok(delta !== null);
  return delta;
}

test("what happened before the count began is not counted", onLinux, async (t) => {
  const { pid, child } = await startNode(
    t,
    `${burn} console.log("ready"); process.stdin.on("data", () => { ${burn} console.log("done"); });`,
  );
  const counter = countTree(pid);
  const done = new Promise((resolve) => child.stdout?.once("data", resolve));
  child.stdin?.write("go\n");
  await done;
  const { cpuMs, voluntary, complete } = found(await counter.delta());
  assert.ok(cpuMs >= 180 && cpuMs < 1_500, String(cpuMs));
  assert.ok(voluntary >= 1);
  assert.equal(typeof complete, "boolean");
});

test(
  "the switches of threads that ended between two looks are kept and the count is called incomplete",
  onLinux,
  async (t) => {
    const sleepy =
      "const a = new Int32Array(new SharedArrayBuffer(4)); for (let i = 0; i < 200; i += 1) Atomics.wait(a, 0, 0, 1);";
    const script = `const { Worker } = require("node:worker_threads");
    process.stdin.on("data", (d) => {
      if (String(d).startsWith("go")) {
        globalThis.w = new Worker(${JSON.stringify(`${sleepy} require("node:worker_threads").parentPort.postMessage(1); ${stay}`)}, { eval: true });
        w.on("message", () => console.log("slept"));
      } else w.terminate().then(() => console.log("ended"));
    }); console.log("ready");`;
    const { pid, child } = await startNode(t, script);
    const say = async (word: string): Promise<void> => {
      const answer = new Promise((resolve) => child.stdout?.once("data", resolve));
      child.stdin?.write(`${word}\n`);
      await answer;
    };
    const counter = countTree(pid);
    await say("go");
    await counter.poll();
    await say("end");
    const delta = found(await counter.delta());
    assert.ok(delta.voluntary >= 190, String(delta.voluntary));
    assert.equal(delta.complete, false);
  },
);

test("the CPU time of an orphan that ended is kept", onLinux, async (t) => {
  const orphan = `${burn} console.log(process.pid); setTimeout(() => process.exit(), 400);`;
  const middle = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(orphan)}], { stdio: ["ignore", "inherit", "inherit"] });
    setTimeout(() => process.exit(), 20);`;
  const outer = `console.log("ready"); process.stdin.once("data", () => require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(middle)}], { stdio: ["ignore", "inherit", "inherit"] })); ${stay}`;
  const { pid, child } = await startNode(t, outer);
  const counter = countTree(pid);
  const burnt = new Promise((resolve) => child.stdout?.once("data", resolve)).then(Number);
  child.stdin?.write("go\n");
  const orphanPid = await burnt;
  assert.ok((await sessionPids(pid)).includes(orphanPid));
  await counter.poll();
  await until(async () => !(await sessionPids(pid)).includes(orphanPid));
  const { cpuMs, complete } = found(await counter.delta());
  assert.equal(complete, false);
  assert.ok(cpuMs >= 180, String(cpuMs));
});

test(
  "a daemon that left both tree and session is still counted, if it was seen before",
  onLinux,
  async (t) => {
    const daemon = `console.log(process.pid); process.on("SIGUSR2", () => { ${burn} console.log("burnt"); }); ${stay}`;
    const middle = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(daemon)}], { detached: true, stdio: ["ignore", "inherit", "inherit"] });
    process.stdin.once("data", () => process.exit());`;
    const outer = `const c = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(middle)}], { stdio: ["pipe", "inherit", "inherit"] });
    process.stdin.once("data", () => c.stdin.write("end")); ${stay}`;
    const { pid, child, line } = await startNode(t, outer);
    const daemonPid = Number(line);
    t.after(() => process.kill(daemonPid, "SIGKILL"));
    const counter = countTree(pid);
    child.stdin?.write("go\n");
    await until(async () => (await sessionPids(pid)).length === 1);
    const burnt = new Promise((resolve) => child.stdout?.once("data", resolve));
    process.kill(daemonPid, "SIGUSR2");
    await burnt;
    const { cpuMs } = found(await counter.delta());
    assert.ok(cpuMs >= 180, String(cpuMs));
  },
);

function record(pid: number, parent: number, ownTicks: number, childTicks: number): StatRecord {
  return { pid, parent, ownTicks, childTicks, state: "S", session: 1, threads: 1, startedAt: pid * 10 };
}

function looks(...records: StatRecord[]): Map<number, StatRecord> {
  return new Map(records.map((one) => [one.pid, one]));
}

test("time handed to the waiting parent is not lost", () => {
  const before = looks(record(10, 1, 5, 0), record(11, 10, 30, 0));
  assert.equal(lostTicks(before, looks(record(10, 1, 5, 33))), 0);
});

test("time handed to init is lost, and so is that of a tree whose root ended", () => {
  const before = looks(record(10, 1, 5, 0), record(11, 1, 30, 2));
  assert.equal(lostTicks(before, looks(record(10, 1, 6, 0))), 32);
  assert.equal(lostTicks(before, looks()), 37);
});

test("a whole branch that ended is charged to the living ancestor", () => {
  const before = looks(record(10, 1, 5, 0), record(11, 10, 30, 0), record(12, 11, 20, 0));
  assert.equal(lostTicks(before, looks(record(10, 1, 5, 50))), 0);
  assert.equal(lostTicks(before, looks(record(10, 1, 5, 30))), 20);
});

test("a recycled pid is another process", () => {
  const before = looks(record(10, 1, 5, 0), record(11, 10, 30, 0));
  const stranger = { ...record(11, 1, 100, 0), startedAt: 9_999 };
  assert.equal(lostTicks(before, looks(record(10, 1, 5, 0), stranger)), 30);
});
