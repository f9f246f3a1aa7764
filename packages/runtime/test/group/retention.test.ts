import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const fixture = fileURLToPath(new URL("fixtures/retention.js", import.meta.url));

test("100,000 ended waits, groups and races of each kind retain less than a byte each", async () => {
  const { stdout } = await run(process.execPath, ["--expose-gc", fixture], { timeout: 60_000 });
  const { perWait, queued } = JSON.parse(stdout) as { perWait: Record<string, number>; queued: number };
  assert.equal(queued, 0);
  assert.equal(Object.keys(perWait).length, 8);
  for (const [name, bytes] of Object.entries(perWait)) {
    assert.ok(bytes < 1, `${name} retain ${bytes.toFixed(2)} bytes each`);
  }
});
