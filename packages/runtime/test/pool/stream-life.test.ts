import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";

const built = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
const SETUP = `
  const { Pool } = await import(${built("../../src/pool/pool.js")});
  const { observers } = await import(${built("../../src/pool/observe.js")});
  const { streamFrom } = await import(${built("../../src/pool/stream.js")});
  const { mapOver } = await import(${built("../../src/pool/map.js")});
  const open = (module) => new Pool(module, { threads: 1, nice: 0 }, () => observers([]));
  const streams = () => open(${built("../fixtures/stream-tasks.js")});
  const maps = () => open(${built("../fixtures/map-tasks.js")});
  const memory = new Int32Array(new SharedArrayBuffer(64));
`;

/** Runs a program of its own, for at most 20 seconds; its exit code and what it wrote. */
async function program(code: string): Promise<{ code: unknown; out: string }> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", SETUP + code], {
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 20_000,
  });
  let out = "";
  child.stdout.on("data", (text) => {
    out += text;
  });
  const [exitCode, signal] = await once(child, "close");
  return { code: exitCode ?? signal, out };
}

test("a stream whose reader does not come back lets the process end", async () => {
  const end = await program(`
    const items = streamFrom(streams(), "counted", [memory]);
    await items.next();
    process.on("exit", () => console.log("over"));
  `);
  assert.deepEqual(end, { code: 0, out: "over\n" });
});

test("a stream whose reader waits keeps the process alive", async () => {
  const end = await program(`
    for await (const item of streamFrom(streams(), "slowly", [5, 30])) console.log(item);
  `);
  assert.deepEqual(end, { code: 0, out: "0\n1\n2\n3\n4\n" });
});

test("a process that leaves a stream early waits for its cleanup, and ends", async () => {
  const end = await program(`
    for await (const item of streamFrom(streams(), "countedAsync", [memory])) if (item === 100) break;
    console.log(memory[1]);
  `);
  assert.deepEqual(end, { code: 0, out: "1\n" });
});

test("a run beside a stream that rests keeps the process alive", async () => {
  const end = await program(`
    const pool = new Pool(${built("../fixtures/stream-tasks.js")}, { threads: 2, nice: 0 }, () => observers([]));
    const items = streamFrom(pool, "counted", [memory]);
    await items.next();
    console.log(await pool.run("sumLater", [20, 22]));
  `);
  assert.deepEqual(end, { code: 0, out: "42\n" });
});

test("a map whose reader does not come back lets the process end", async () => {
  const end = await program(`
    const items = function* () { for (let i = 0; ; i++) yield i; };
    const results = mapOver(maps(), "double", items(), { timeout: 600_000 });
    await results.next();
    process.on("exit", () => console.log("over"));
  `);
  assert.deepEqual(end, { code: 0, out: "over\n" });
});
