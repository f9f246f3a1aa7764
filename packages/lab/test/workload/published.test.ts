import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { publishedSchemas } from "../../src/workload/published.js";

const folder = new URL("../../../schema/", import.meta.url);

test("the published schemas are those of the code (node scripts/write-schemas.mjs writes them)", async () => {
  for (const [name, schema] of Object.entries(publishedSchemas())) {
    assert.deepEqual(
      JSON.parse(await readFile(new URL(name, folder), "utf8")),
      JSON.parse(JSON.stringify(schema)),
      name,
    );
  }
});

test("no other schema lies beside them", async () => {
  assert.deepEqual((await readdir(folder)).sort(), Object.keys(publishedSchemas()).sort());
});
