import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

test("a hundred thousand lost selects and ended waits retain nothing", async () => {
  const program = fileURLToPath(new URL("./fixtures/retained.js", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program], {
    timeout: 60_000,
  });
  const { perSelect, perWait, left } = JSON.parse(stdout) as {
    perSelect: number;
    perWait: number;
    left: number;
  };
  assert.equal(left, 0);
  assert.ok(perSelect <= 1, `a select leaves ${perSelect} bytes`);
  assert.ok(perWait <= 1, `a wait leaves ${perWait} bytes`);
});
