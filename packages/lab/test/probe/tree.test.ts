import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { field } from "../../src/probe/record.js";
import { readTree, type TreeReading } from "../../src/probe/tree.js";
import { onLinux, startNode, stay, until } from "./_child.js";

async function read(pid: number, options?: { pss?: boolean }): Promise<TreeReading> {
  const reading = await readTree(pid, options);
  assert.ok(reading !== null);
  return reading;
}

test("memory that a program fills is resident", onLinux, async (t) => {
  const plain = await startNode(t, `console.log("ready"); ${stay}`);
  const filled = await startNode(
    t,
    `const b = Buffer.alloc(50 * 2 ** 20, 1); console.log("ready"); ${stay} b.length;`,
  );
  const [small, large] = [await read(plain.pid, { pss: true }), await read(filled.pid, { pss: true })];
  assert.ok(large.rssMb - small.rssMb > 45, `${large.rssMb} - ${small.rssMb}`);
  assert.ok(large.rssMb - small.rssMb < 80, `${large.rssMb} - ${small.rssMb}`);
  assert.ok(large.pssMb !== null && large.pssMb > 50 && large.pssMb <= large.rssMb);
  assert.ok(large.pageTablesMb > 0 && large.kernelStacksMb > 0);
});

test("a program that computes for 300 ms is seen to have done so", onLinux, async (t) => {
  const script = `const end = process.cpuUsage().user + 300_000;
    while (process.cpuUsage().user < end); console.log("ready"); ${stay}`;
  const { pid } = await startNode(t, script);
  const { cpuMs } = await read(pid);
  assert.ok(cpuMs >= 280 && cpuMs < 3_000, String(cpuMs));
});

test("CPU time of a child that has ended is counted", onLinux, async (t) => {
  const burn = "const e = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < e);";
  const script = `require("node:child_process").spawnSync(process.execPath, ["-e", ${JSON.stringify(burn)}]);
    console.log("ready"); ${stay}`;
  const { pid } = await startNode(t, script);
  const { cpuMs, pids } = await read(pid);
  assert.deepEqual(pids, [pid]);
  assert.ok(cpuMs >= 280 && cpuMs < 4_000, String(cpuMs));
});

test("kernel stacks of a thousand threads are what the kernel says they are", onLinux, async (t) => {
  const stacksKb = (): number => field(readFileSync("/proc/meminfo", "utf8"), "KernelStack") ?? Number.NaN;
  const before = stacksKb();
  // The first asynchronous file operation starts all of libuv's threads.
  const script = `require("node:fs").stat("/", () => console.log("ready")); ${stay}`;
  const { pid } = await startNode(t, script, { UV_THREADPOOL_SIZE: "1000" });
  const reading = await read(pid);
  const grownMb = (stacksKb() - before) / 1_024;
  assert.ok(reading.threads >= 1_000 && reading.threads < 1_100, String(reading.threads));
  // Other programs start and end threads meanwhile.
  const ratio = reading.kernelStacksMb / grownMb;
  assert.ok(ratio > 0.7 && ratio < 1.3, `${reading.kernelStacksMb} MB here, ${grownMb} MB in meminfo`);
  assert.ok(reading.voluntary >= 1_000, "each thread went to sleep at least once");
});

test("children and grandchildren belong to the tree", onLinux, async (t) => {
  const inner = `console.log("ready"); ${stay}`;
  const middle = `const c = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(inner)}], { stdio: ["ignore", "inherit", "inherit"] });
    ${stay}`;
  const outer = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(middle)}], { stdio: ["ignore", "inherit", "inherit"] }); ${stay}`;
  const { pid } = await startNode(t, outer);
  const { pids, threads } = await read(pid);
  assert.equal(pids.length, 3);
  assert.equal(pids[0] === pid || pids.includes(pid), true);
  assert.ok(threads >= 3);
});

test("an orphan of the session still belongs to the tree", onLinux, async (t) => {
  const orphan = `console.log(process.pid); ${stay}`;
  const middle = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(orphan)}], { stdio: ["ignore", "inherit", "inherit"] });
    setTimeout(() => process.exit(), 50);`;
  const outer = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(middle)}], { stdio: ["ignore", "inherit", "inherit"] }); ${stay}`;
  const { pid, line } = await startNode(t, outer);
  const orphanPid = Number(line);
  await until(async () => (await read(pid)).pids.length === 2);
  assert.deepEqual(
    (await read(pid)).pids.sort((a, b) => a - b),
    [pid, orphanPid].sort((a, b) => a - b),
  );
  assert.ok((await read(orphanPid)).pids.includes(orphanPid), "who leads no session is read alone");
  assert.equal((await read(orphanPid)).pids.length, 1);
});

test("a tree that does not exist is empty", onLinux, async () => {
  const reading = await read(2 ** 22 + 1);
  assert.deepEqual(reading.pids, []);
  assert.equal(reading.rssMb + reading.cpuMs + reading.threads, 0);
  assert.equal(reading.pssMb, null);
});
