import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { childrenOf, eventually, isRunning, startServer } from "./fixture/start.js";

const PARENT = fileURLToPath(new URL("./fixture/parent.js", import.meta.url));
const LINUX = { skip: process.platform === "linux" ? false : "reads /proc, which only Linux has" };

test("generator and delay server end when their parent is killed", LINUX, async () => {
  await using server = await startServer({});
  const parent = spawn(process.execPath, [PARENT, String(server.port)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(parent.stdout, "data");
  const children = childrenOf(parent.pid ?? 0);
  assert.equal(children.length, 2);
  parent.kill("SIGKILL");
  await once(parent, "exit");
  const gone = await eventually(() => children.every((pid) => !isRunning(pid)));
  for (const pid of children) if (isRunning(pid)) process.kill(pid, "SIGKILL");
  assert.ok(gone, "a process outlived its parent");
});

test("the generator ends on SIGTERM", LINUX, async () => {
  await using server = await startServer({});
  const parent = spawn(process.execPath, [PARENT, String(server.port)], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const exited = once(parent, "exit");
  await once(parent.stdout, "data");
  const children = childrenOf(parent.pid ?? 0);
  for (const pid of children) process.kill(pid, "SIGTERM");
  const gone = await eventually(() => children.every((pid) => !isRunning(pid)));
  parent.kill("SIGKILL");
  await exited;
  assert.ok(gone, "a process ignored SIGTERM");
});
