import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { BIN, heddle, scratch } from "../support/program.js";

const folder = scratch();

test("heddle --help names the verbs and shows examples", async () => {
  const { code, stdout, stderr } = await heddle(["--help"], folder);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.equal(
    stdout,
    `ROOT`,
  );
});

test("heddle models --help", async () => {
  const { code, stdout } = await heddle(["models", "--help"], folder);
  assert.equal(code, 0);
  assert.equal(
    stdout,
    `MODELS`,
  );
});

test("heddle report --help", async () => {
  const { code, stdout } = await heddle(["report", "--help"], folder);
  assert.equal(code, 0);
  assert.equal(
    stdout,
    `REPORT`,
  );
});

test("heddle audit --help", async () => {
  const { code, stdout } = await heddle(["audit", "--help"], folder);
  assert.equal(code, 0);
  assert.equal(
    stdout,
    `AUDIT`,
  );
});

test("heddle compare --help", async () => {
  const { code, stdout } = await heddle(["compare", "--help"], folder);
  assert.equal(code, 0);
  assert.equal(
    stdout,
    `COMPARE`,
  );
});

test("heddle alone shows the help and is a wrong call", async () => {
  const { code, stdout, stderr } = await heddle([], folder);
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /^Usage: heddle/);
});

test("--version prints the version alone", async () => {
  const { code, stdout } = await heddle(["--version"], folder);
  assert.equal(code, 0);
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
});

test("a reader that leaves early is no error", async () => {
  const child = spawn(process.execPath, [BIN, "models", "--json"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.deepEqual([code, stderr], [0, ""]);
});
