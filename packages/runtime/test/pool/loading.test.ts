import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { pool } from "../../src/index.js";

test("calls by message go to the worker that has loaded, not to one that still loads", async () => {
  const folder = mkdtempSync(join(tmpdir(), "heddle-loading-"));
  try {
    const flag = join(folder, "slow");
    const module = join(folder, "tasks.mjs");
    writeFileSync(
      module,
      `import { existsSync } from "node:fs";
       if (existsSync(${JSON.stringify(flag)})) await new Promise((done) => setTimeout(done, 60_000));
       export const sizeOf = (map) => map.size;
       export const die = () => process.exit(1);`,
    );
    await using cpu = pool(pathToFileURL(module), { threads: 2 });
    await cpu.ready();
    writeFileSync(flag, "");
    await assert.rejects(cpu.run("die"), { code: "WORKER_DIED" });
    assert.equal(cpu.stats().threads.loading, 1);
    const sizes = await Promise.all([1, 2, 3].map((key) => cpu.run("sizeOf", [new Map([[key, key]])])));
    assert.deepEqual(sizes, [1, 1, 1]);
    assert.equal(cpu.stats().threads.loading, 1);
    await cpu.terminate();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
