import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const program = fileURLToPath(new URL("./retain.js", import.meta.url));

for (const reports of ["off", "on"]) {
  test(`100,000 timed-out and cancelled acquires leave nothing behind, reports ${reports}`, async () => {
    const { stdout } = await run(process.execPath, ["--expose-gc", program, reports], { timeout: 60_000 });
    const { perWait, waiting } = JSON.parse(stdout) as { perWait: number; waiting: number };
    assert.equal(waiting, 0);
    assert.ok(perWait <= 1, `${perWait} bytes each`);
  });
}
