import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { readResult } from "../../src/result/read.js";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "heddle-read-"));
});
after(() => rm(folder, { recursive: true, force: true }));

async function file(text: string): Promise<string> {
  const path = join(folder, "result.json");
  await writeFile(path, text);
  return path;
}

test("a missing result says that it could not be read", async () => {
  await assert.rejects(readResult(join(folder, "none.json")), {
    code: "BAD_FILE",
    message: /got: {6}ENOENT/,
  });
});

test("a half-written result says that it is not JSON", async () => {
  await assert.rejects(readResult(await file('{"schema": "heddle.comp')), {
    code: "BAD_FILE",
    message: /is not JSON/,
  });
});

test("a result of a version to come names the version that is read", async () => {
  await assert.rejects(readResult(await file('{"schema": "heddle.compare/2"}')), {
    code: "BAD_FILE",
    message: /got: {6}schema "heddle\.compare\/2"\n {2}expected: schema "heddle\.compare\/1"/,
  });
});

test("another JSON file is not taken for a result", async () => {
  for (const text of ["[]", "null", "5", '{"name": "x"}']) {
    await assert.rejects(readResult(await file(text)), {
      code: "BAD_FILE",
      message: /is not a result of heddle compare/,
    });
  }
});

test("a result with a field that is wrong names the field", async () => {
  await assert.rejects(readResult(await file('{"schema": "heddle.compare/1", "heddle": 5}')), {
    code: "BAD_FILE",
    message: /has a bad field "heddle"\n {2}got: {6}5\n {2}expected: string/,
  });
});
