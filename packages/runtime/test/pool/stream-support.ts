import { observers } from "../../src/pool/observe.js";
import type { PoolOptions } from "../../src/pool/options.js";
import { Pool } from "../../src/pool/pool.js";

/** Runs `use` with a pool over a module of the fixtures, and ends its threads whatever happens. */
export async function withPool(
  module: "map-tasks" | "stream-tasks",
  options: PoolOptions,
  use: (pool: Pool) => Promise<void>,
): Promise<void> {
  const url = new URL(`../fixtures/${module}.js`, import.meta.url);
  const pool = new Pool(url.href, { threads: 1, nice: 0, ...options }, () => observers([]));
  try {
    await use(pool);
  } finally {
    await pool.terminate();
  }
}

/** Everything that an iteration gives, and the error that ended it. */
export async function collect(
  items: AsyncIterable<unknown>,
): Promise<{ readonly items: unknown[]; readonly error?: unknown }> {
  const got: unknown[] = [];
  try {
    for await (const item of items) got.push(item);
    return { items: got };
  } catch (error) {
    return { items: got, error };
  }
}

export const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Memory that tests and tasks share, as Int32 words. */
export const sharedWords = (): Int32Array => new Int32Array(new SharedArrayBuffer(64));

/** Waits until `is` holds, for at most ten seconds. */
export async function until(is: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2_000; tries++) {
    if (is()) return;
    await new Promise((soon) => setTimeout(soon, 5));
  }
  throw new Error("did not happen within ten seconds");
}

export async function rejection(promise: Promise<unknown>): Promise<Error & { code?: string }> {
  try {
    await promise;
  } catch (error) {
    return error as Error & { code?: string };
  }
  throw new Error("was expected to reject");
}

const stray: unknown[] = [];
process.on("unhandledRejection", (reason) => stray.push(reason));

/** Rejections that nobody handled so far, once all that is under way has had a turn. */
export async function unhandled(): Promise<readonly unknown[]> {
  await new Promise((soon) => setTimeout(soon, 20));
  return stray;
}
