import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
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

const WRITE = new URL("../../src/result/write.js", import.meta.url).href;
const mayMount = spawnSync("unshare", ["-rm", "true"]).status === 0;
const noMount = !mayMount && "this system lets nobody mount in a namespace of their own";

/** Runs `code` with writeWhole and ensureWritable at hand, after the shell commands of `prepare`, and gives its output. */
function inShell(prepare: string, code: string, wrapper: readonly string[] = []): string {
  const script = `import { writeWhole, ensureWritable } from ${JSON.stringify(WRITE)}; ${code}`;
  const argv = [
    ...wrapper,
    "sh",
    "-c",
    `${prepare}; exec "$0" --input-type=module -e "$1"`,
    process.execPath,
    script,
  ];
  const [command = "", ...args] = argv;
  const child = spawnSync(command, args, { cwd: folder, encoding: "utf8", timeout: 30_000 });
  return child.stdout + child.stderr;
}

const REPLACE = `
  import { readdir, readFile } from "node:fs/promises";
  await writeWhole("disk/r.json", "old");
  const text = await writeWhole("disk/r.json", "x".repeat(1_000_000)).catch((error) => error.message);
  console.log(text);
  console.log(await readdir("disk"), await readFile("disk/r.json", "utf8"));`;

test("a full disk is named, the older file stays whole, and no part is left", { skip: noMount }, () => {
  const output = inShell("mkdir -p disk && mount -t tmpfs -o size=64k none disk", REPLACE, [
    "unshare",
    "-rm",
  ]);
  assert.equal(
    output,
    `cannot write disk/r.json
  got:      ENOSPC
  try:      the disk is full: free some space, or --out DIR on another disk
[ 'r.json' ] old
`,
  );
});

test("a limit on file sizes is named, the older file stays whole, and no part is left", () => {
  const output = inShell("mkdir -p disk && ulimit -f 100", REPLACE);
  assert.equal(
    output,
    `cannot write disk/r.json
  got:      EFBIG
  try:      a limit on file sizes (ulimit -f) is too low: raise it
[ 'r.json' ] old
`,
  );
});

test("a read-only file system is told before measuring", { skip: noMount }, () => {
  const code = 'console.log(await ensureWritable("fixed").catch((error) => error.message));';
  const output = inShell("mkdir -p fixed && mount -t tmpfs -o ro none fixed", code, ["unshare", "-rm"]);
  assert.equal(
    output,
    `cannot write fixed
  got:      EROFS
  try:      the file system is read-only: --out DIR somewhere else
`,
  );
});

test("a file where a folder is needed is told before measuring", async () => {
  await writeFile(join(folder, "file"), "x");
  await assert.rejects(ensureWritable(join(folder, "file", "out")), {
    code: "CANNOT_WRITE",
    message: /ENOTDIR/,
  });
  await assert.rejects(ensureWritable(join(folder, "file")), { code: "CANNOT_WRITE", message: /EEXIST/ });
});

test("a folder that can be written is made, and left empty", async () => {
  await ensureWritable(join(folder, "new", "out"));
  assert.deepEqual(await readdir(join(folder, "new", "out")), []);
});
