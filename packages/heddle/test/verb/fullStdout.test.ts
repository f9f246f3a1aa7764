import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { claimsResult } from "@heddle/claims";
import { BIN, scratch } from "../support/program.js";

const folder = scratch();
const full = { skip: !existsSync("/dev/full") && "needs a device that is always full" };

test("what was measured is saved also when stdout is full", full, () => {
  const stdout = openSync("/dev/full", "w");
  const args = ["claims", "run", "microtasks-between-phases", "--quick", "--no-html", "--out", "out"];
  const { status, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", stdout, "pipe"],
  });
  closeSync(stdout);
  assert.equal(status, 2, stderr);
  assert.match(stderr, /the output cannot be written\n {2}got: {6}ENOSPC\n/);
  const saved = claimsResult.parse(JSON.parse(readFileSync(join(folder, "out", "claims.json"), "utf8")));
  assert.deepEqual([saved.partial, saved.claims.map(({ id }) => id)], [null, ["microtasks-between-phases"]]);
});
