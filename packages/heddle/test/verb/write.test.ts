import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { lstatSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { writeNamed } from "../../src/verb/write.js";
import { scratch } from "../support/program.js";

const folder = scratch();
const noPipes = { skip: process.platform === "win32" && "has no named pipes" };

test("a link stays a link, and what it leads to is written", noPipes, async () => {
  const [file, link] = [join(folder, "page.html"), join(folder, "latest.html")];
  symlinkSync(file, link);
  await writeNamed(link, "page");
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.equal(readFileSync(file, "utf8"), "page");
});

test("a pipe is written to, not replaced by a file: nor is a device", noPipes, async () => {
  const pipe = join(folder, "pipe");
  assert.equal(spawnSync("mkfifo", [pipe]).status, 0);
  const reader = spawn("cat", [pipe], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await writeNamed(pipe, "page");
    assert.ok(lstatSync(pipe).isFIFO());
    assert.equal(await text(reader.stdout), "page");
  } finally {
    reader.kill();
  }
});

test("a link to nowhere is told as what cannot be written", noPipes, async () => {
  const link = join(folder, "nowhere.html");
  symlinkSync(join(folder, "none", "page.html"), link);
  await assert.rejects(writeNamed(link, "page"), {
    name: "UserError",
    message: `cannot write ${link}\n  got:      ENOENT\n  expected: a file, or a pipe that is read\n  try:      another name`,
  });
});
