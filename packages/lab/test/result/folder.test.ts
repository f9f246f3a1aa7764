import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ensureWritable } from "../../src/index.js";
import { makeFolder } from "../../src/result/folder.js";

const home = mkdtempSync(join(tmpdir(), "heddle-folder-"));
after(() => rmSync(home, { recursive: true, force: true }));

test("a folder is made with its parents, and again without complaint", async () => {
  const deep = join(home, "a", "b", "c");
  await makeFolder(deep);
  assert.ok(existsSync(deep));
  await makeFolder(deep);
  await Promise.all([1, 2, 3].map((at) => makeFolder(join(home, "side", "by", `side-${at}`))));
});

test("a file in the way is an error, and so is a system that refuses: neither is tried for ever", async () => {
  writeFileSync(join(home, "file"), "");
  await assert.rejects(ensureWritable(join(home, "file", "inside")), { code: "CANNOT_WRITE" });
  await assert.rejects(ensureWritable(join(home, "file")), { code: "CANNOT_WRITE" });
  if (process.platform === "linux")
    await assert.rejects(ensureWritable("/proc/nope"), { code: "CANNOT_WRITE" });
});
