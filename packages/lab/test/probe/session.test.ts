import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { killSession, sessionPids } from "../../src/probe/session.js";
import { onLinux, startNode, stay } from "./_child.js";

const family = `require("node:child_process").spawn(process.execPath, ["-e", "console.log('ready'); ${stay}"], { stdio: ["ignore", "inherit", "inherit"] }); ${stay}`;

test("every process of the session is ended, and no other", onLinux, async (t) => {
  const doomed = await startNode(t, family);
  const other = await startNode(t, family);
  assert.equal((await sessionPids(doomed.pid)).length, 2);
  const { killed, left } = await killSession(doomed.pid, { graceMs: 2_000 });
  assert.equal(killed.length, 2);
  assert.deepEqual(left, []);
  assert.deepEqual(await sessionPids(doomed.pid), []);
  assert.equal((await sessionPids(other.pid)).length, 2);
});

test("who ignores SIGTERM is killed after the grace", onLinux, async (t) => {
  const { pid, child } = await startNode(t, `process.on("SIGTERM", () => {}); console.log("ready"); ${stay}`);
  const exit = once(child, "exit");
  assert.deepEqual(await killSession(pid, { graceMs: 100 }), { killed: [pid], left: [] });
  assert.deepEqual(await exit, [null, "SIGKILL"]);
});

test("a stopped process may still obey", onLinux, async (t) => {
  const { pid, child } = await startNode(
    t,
    `process.on("SIGTERM", () => process.exit(7)); console.log("ready"); ${stay}`,
  );
  process.kill(pid, "SIGSTOP");
  const exit = once(child, "exit");
  await killSession(pid, { graceMs: 5_000 });
  assert.deepEqual(await exit, [7, null]);
});

test("an orphan whose session leader is gone is ended too", onLinux, async (t) => {
  const script = `require("node:child_process").spawn(process.execPath, ["-e", "console.log('ready'); ${stay}"], { stdio: ["ignore", "inherit", "inherit"] });
    setTimeout(() => process.exit(), 20);`;
  const { pid, child } = await startNode(t, script);
  if (child.exitCode === null) await once(child, "exit");
  assert.equal((await sessionPids(pid)).length, 1);
  assert.equal((await killSession(pid, { graceMs: 2_000 })).killed.length, 1);
  assert.deepEqual(await sessionPids(pid), []);
});

test("an ended session leaves nothing to do", onLinux, async () => {
  assert.deepEqual(await killSession(2 ** 22 + 1, { graceMs: 10 }), { killed: [], left: [] });
});

test("init, nonsense and our own session are refused", async () => {
  for (const sid of [-1, 0, 1, 1.5, Number.NaN, process.pid]) {
    await assert.rejects(killSession(sid, { graceMs: 0 }), RangeError);
  }
});
