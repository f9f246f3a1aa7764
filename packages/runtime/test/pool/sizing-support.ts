import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { observers } from "../../src/pool/observe.js";
import type { PoolOptions } from "../../src/pool/options.js";
import { Pool } from "../../src/pool/pool.js";

/** Tasks that compute, wait, leak, or tell where they run. */
const TASKS = `
import { threadId } from "node:worker_threads";
let kept = [];
let ran = 0;
export function where() { return threadId; }
export function add(a, b) { return a + b; }
export function burn(ms) { const end = performance.now() + ms; while (performance.now() < end); return threadId; }
export function rest(ms) { return new Promise((done) => setTimeout(() => done(threadId), ms)); }
export function block(ms) { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms); return threadId; }
export function leak(count, value) { kept.push(new Array(count).fill(1.5)); return value; }
export function nth() { return [threadId, ++ran]; }
`;

/** A module of its own for each test file, so that nothing is shared. */
export function tasksModule(text = TASKS): string {
  const folder = mkdtempSync(join(tmpdir(), "heddle-sizing-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "tasks.mjs");
  writeFileSync(file, text);
  return pathToFileURL(file).href;
}

export function open(module: string, options: PoolOptions): Pool {
  return new Pool(module, options, () => observers([]));
}

/** Looks until \`what\` holds; false when it does not within the time (ms). */
export async function until(what: () => boolean, ms = 10_000): Promise<boolean> {
  const end = Date.now() + ms;
  while (!what()) {
    if (Date.now() > end) return false;
    await pause(5);
  }
  return true;
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
