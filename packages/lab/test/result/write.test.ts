import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ensureWritable, writeWhole } from "../../src/result/write.js";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "heddle-write-"));
});
after(() => rm(folder, { recursive: true, force: true }));

test("a file is written whole, its folders are made, and no temporary file stays", async () => {
  const path = join(folder, "a", "b", "compare.json");
  await writeWhole(path, "first");
  await writeWhole(path, "second");
  assert.equal(await readFile(path, "utf8"), "second");
  assert.deepEqual(await readdir(join(folder, "a", "b")), ["compare.json"]);
});

test("a target that is a folder is refused, and nothing is left beside it", async () => {
  await mkdir(join(folder, "taken", "page.html"), { recursive: true });
  await assert.rejects(writeWhole(join(folder, "taken", "page.html"), "x"), { code: "CANNOT_WRITE" });
  assert.deepEqual(await readdir(join(folder, "taken")), ["page.html"]);
});

test("a full disk is named, with what to do", {
  skip: process.platform !== "linux" && "no /dev/full",
}, async () => {
  // A folder cannot be /dev/full; a file system of no size would need root. The error of a real full device stands in.
  await assert.rejects(writeWhole("/dev/full/compare.json", "x"), {
    code: "CANNOT_WRITE",
    message: /--out DIR/,
  });
});

test("a file where a folder is needed is told before measuring", async () => {
  await writeFile(join(folder, "file"), "x");
  await assert.rejects(ensureWritable(join(folder, "file", "out")), {
    code: "CANNOT_WRITE",
    message: /ENOTDIR/,
  });
  await assert.rejects(ensureWritable(join(folder, "file")), { code: "CANNOT_WRITE", message: /EEXIST/ });
});

test("a folder that may not be written is told before measuring", {
  skip: process.getuid?.() === 0 && "root may write everywhere",
}, async () => {
  await mkdir(join(folder, "locked"), { mode: 0o555 });
  await assert.rejects(ensureWritable(join(folder, "locked")), { code: "CANNOT_WRITE", message: /EACCES/ });
  await chmod(join(folder, "locked"), 0o755);
});

test("a folder that can be written is made, and left empty", async () => {
  await ensureWritable(join(folder, "new", "out"));
  assert.deepEqual(await readdir(join(folder, "new", "out")), []);
});
