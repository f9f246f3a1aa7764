import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { TASKS } from "./storm/support.js";

const POOL = new URL("../../src/pool/index.js", import.meta.url).href;

async function measured(text: string): Promise<{ heap: number[]; rss: number[] }> {
  const source = `
    import { pool } from ${JSON.stringify(POOL)};
    const TASKS = ${JSON.stringify(TASKS)};
    const heap = [];
    const rss = [];
    async function look() {
      for (let i = 0; i < 3; i++) { globalThis.gc(); await new Promise((done) => setTimeout(done, 20)); }
      const usage = process.memoryUsage();
      heap.push((usage.heapUsed + usage.external) / 2 ** 20);
      rss.push(usage.rss / 2 ** 20);
    }
    ${text}
    console.log(JSON.stringify({ heap, rss }));
  `;
  const child = spawn(process.execPath, ["--expose-gc", "--input-type=module", "--eval", source], {
    timeout: 100_000,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.on("data", (data) => {
    out += String(data);
  });
  await new Promise((done) => child.on("close", done));
  return JSON.parse(out) as { heap: number[]; rss: number[] };
}

const grew = (values: readonly number[]): number => (values.at(-1) ?? 0) - (values[0] ?? 0);

test("1,000,000 tiny tasks leave no memory behind", { timeout: 120_000 }, async () => {
  const { heap, rss } = await measured(`
    const cpu = pool(TASKS, { threads: 2, nice: 0 });
    async function million(count) {
      for (let done = 0; done < count; done += 500) {
        await Promise.all(Array.from({ length: 500 }, (_, at) => cpu.run("add", [at, 1])));
      }
    }
    await million(200000);
    await look();
    for (let part = 0; part < 4; part++) { await million(250000); await look(); }
    await cpu.close();
  `);
  assert.ok(grew(heap) < 4, `heap in MiB: ${heap.map(Math.round)}`);
  assert.ok(grew(rss) < 40, `RSS in MiB: ${rss.map(Math.round)}`);
});

test("calls with signals, timeouts, messages and errors leave no memory behind", {
  timeout: 120_000,
}, async () => {
  const { heap } = await measured(`
    const cpu = pool(TASKS, { threads: 2, nice: 0 });
    const { signal } = new AbortController();
    async function mixed(rounds) {
      for (let round = 0; round < rounds; round++) {
        await Promise.allSettled(Array.from({ length: 100 }, (_, at) => {
          if (at % 4 === 0) return cpu.run("echo", [new Map([[at, "x".repeat(100)]])], { signal });
          if (at % 4 === 1) return cpu.run("failOdd", ["odd"], { timeout: 60000 });
          if (at % 4 === 2) return cpu.run("add", [1, 1], { signal: AbortSignal.abort() });
          const controller = new AbortController();
          const call = cpu.run("add", [1, 1], { signal: controller.signal, timeout: 50000 });
          controller.abort();
          return call;
        }));
      }
    }
    await mixed(200);
    await look();
    await mixed(400);
    await look();
    await cpu.close();
  `);
  assert.ok(grew(heap) < 4, `heap in MiB: ${heap.map(Math.round)}`);
});

test("pools that were closed let their shared memory go", { timeout: 120_000 }, async () => {
  const { heap } = await measured(`
    async function some(count) {
      for (let at = 0; at < count; at++) {
        const cpu = pool(TASKS, { threads: 1, nice: 0 });
        await cpu.run("add", [1, 1]);
        if (at % 2 === 0) await cpu.close();
        else await cpu.terminate();
      }
    }
    await some(5);
    await look();
    await some(30);
    await look();
  `);
  // Each pool has about 5.5 MiB.
  assert.ok(grew(heap) < 20, `heap and shared memory in MiB: ${heap.map(Math.round)}`);
});
