import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { codeOf, until, watched, within } from "./storm/support.js";

const folder = mkdtempSync(join(tmpdir(), "heddle-circuit-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function write(text: string, path = join(folder, `module-${files++}.mjs`)): { path: string; href: string } {
  writeFileSync(path, text);
  return { path, href: pathToFileURL(path).href };
}

const GOOD = "export const add = (a, b) => a + b;\n";

const BROKEN = {
  "a syntax error": "export const add = (a, b => a + b;",
  "a throw at top level": `${GOOD} throw new RangeError("no database");`,
  "process.exit at top level": `${GOOD} process.exit(7);`,
  "a rejected top-level await": `${GOOD} await Promise.reject(new Error("later"));`,
  "a server left open by a failed load": `setInterval(() => {}, 10); throw new Error("half way");`,
};

for (const [what, text] of Object.entries(BROKEN)) {
  test(`${what}: calls reject with TaskLoadError, and threads are not started in a loop`, async () => {
    const { href } = write(text);
    await using pool = watched({ threads: 2 }, href);
    const calls = Array.from({ length: 20 }, () => pool.run("add", [1, 2]));
    for (const end of await within(5_000, "calls", Promise.allSettled(calls))) {
      assert.equal(end.status === "rejected" && codeOf(end.reason), "TASK_LOAD");
      assert.match(String(end.status === "rejected" && end.reason), /module-\d+\.mjs/);
    }
    const until1500 = performance.now() + 1_500;
    while (performance.now() < until1500) {
      await assert.rejects(within(5_000, "call", pool.run("add", [1, 2])), { code: "TASK_LOAD" });
      await new Promise((done) => setTimeout(done, 20));
    }
    assert.ok(pool.starts <= 8, `${pool.starts} threads were started`);
    await until(() => pool.pool.engine.crew.list().length <= 1, "the end of the failed threads");
  });
}

test("the cause of a failed load is what the module threw", async () => {
  const { href } = write(BROKEN["a throw at top level"]);
  await using pool = watched({ threads: 1 }, href);
  const error = (await pool.run("add", [1, 2]).catch((reason: unknown) => reason)) as Error;
  assert.equal((error.cause as Error).message, "no database");
});

test("a module that does not exist", async () => {
  await using pool = watched({ threads: 1 }, pathToFileURL(join(folder, "missing.mjs")).href);
  await assert.rejects(within(5_000, "call", pool.run("add", [1, 2])), {
    code: "TASK_LOAD",
    message: /missing/,
  });
});

test("the pool recovers by itself once the module is mended, with all its threads", async () => {
  const flag = join(folder, "flag");
  const { href } = write(
    `import { existsSync } from "node:fs";\nif (!existsSync(${JSON.stringify(flag)})) throw new Error("not yet");\n${GOOD}`,
  );
  await using pool = watched({ threads: 2 }, href);
  await assert.rejects(within(5_000, "call", pool.run("add", [1, 2])), { code: "TASK_LOAD" });
  writeFileSync(flag, "");
  let value: unknown;
  const end = performance.now() + 10_000;
  while (value === undefined && performance.now() < end) {
    value = await pool.run("add", [1, 2]).catch(() => undefined);
    await new Promise((done) => setTimeout(done, 20));
  }
  assert.equal(value, 3);
  await until(() => pool.pool.engine.crew.alive === 2, "the second thread");
});

test("a module that dies right after it has loaded is not started in a loop", async () => {
  const { href } = write(`${GOOD} setTimeout(() => { throw new Error("soon") }, 5);`);
  await using pool = watched({ threads: 2 }, href);
  await new Promise((done) => setTimeout(done, 1_500));
  assert.ok(pool.starts <= 10, `${pool.starts} threads were started`);
});

test("a module that never finishes loading: calls can be cancelled, and the pool can be closed", async () => {
  const { href } = write(`${GOOD} await new Promise(() => {});`);
  const pool = watched({ threads: 2, grace: 100 }, href);
  await assert.rejects(within(5_000, "call", pool.run("add", [1, 2], { timeout: 100 })), { code: "TIMEOUT" });
  const pending = pool.run("add", [1, 2]);
  pending.catch(() => undefined);
  await within(5_000, "terminate", pool.pool.terminate());
  await assert.rejects(pending, { code: "CLOSED" });
});

test("what runs goes on when a replacement cannot load", async () => {
  const flag = join(folder, "second");
  const { href } = write(
    `import { existsSync, writeFileSync } from "node:fs";
     if (existsSync(${JSON.stringify(flag)})) throw new Error("only once");
     writeFileSync(${JSON.stringify(flag)}, "");
     ${GOOD}
     export const slow = (ms) => new Promise((done) => setTimeout(done, ms, "done"));`,
  );
  await using pool = watched({ threads: 1 }, href);
  assert.equal(await pool.run("add", [1, 2]), 3);
  const slow = pool.run("slow", [600]);
  await new Promise((done) => setTimeout(done, 50));
  const [thread] = pool.pool.engine.crew.list();
  assert.ok(thread !== undefined);
  pool.pool.engine.crew.dismiss(thread);
  pool.pool.engine.crew.fill();
  await assert.rejects(within(5_000, "call", pool.run("add", [1, 2])), { code: "TASK_LOAD" });
  assert.equal(await within(5_000, "the running task", slow), "done");
});

test("an unknown function is a TaskLoadError that names those that exist", async () => {
  const { href } = write(`${GOOD} export const other = () => 1; export const value = 3;`);
  await using pool = watched({ threads: 1 }, href);
  const expected = { code: "TASK_LOAD", message: /no function "sub": it exports add, other$/ };
  await assert.rejects(pool.run("sub"), expected);
  await assert.rejects(pool.run("sub"), expected);
  await assert.rejects(pool.run("value"), { code: "TASK_LOAD" });
  await assert.rejects(pool.run("toString"), { code: "TASK_LOAD" });
  await assert.rejects(pool.run("__proto__"), { code: "TASK_LOAD" });
});
