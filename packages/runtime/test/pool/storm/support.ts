import assert from "node:assert/strict";
import { LARGEST_BLOCK } from "../../../src/pool/blocks.js";
import type { Call } from "../../../src/pool/call.js";
import type { Outcome } from "../../../src/pool/engine.js";
import { observers } from "../../../src/pool/observe.js";
import type { PoolOptions, RunOptions } from "../../../src/pool/options.js";
import { Pool } from "../../../src/pool/pool.js";
import { ARENA_BYTES } from "../../../src/wire/arena.js";

export const TASKS = new URL("../../fixtures/storm-tasks.js", import.meta.url).href;

/** A pool whose every settling and every thread is counted. */
export class Watched {
  /** How often each call settled. */
  readonly settled = new Map<Call, number>();
  readonly outcomes: Record<Outcome, number> = { value: 0, error: 0, stopped: 0 };
  starts = 0;
  readonly pool: Pool;

  constructor(options: PoolOptions, module: string) {
    this.pool = new Pool(module, { nice: 0, ...options }, () =>
      observers([
        {
          submitted: (call) => {
            this.settled.set(call, 0);
          },
          ended: (call, outcome) => {
            this.settled.set(call, (this.settled.get(call) ?? 0) + 1);
            this.outcomes[outcome]++;
          },
          threadStarted: () => {
            this.starts++;
          },
        },
      ]),
    );
  }

  run(name: string, args?: readonly unknown[], options?: RunOptions): Promise<unknown> {
    return this.pool.run(name, args, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pool.terminate();
  }
}

export function watched(options: PoolOptions = {}, module = TASKS): Watched {
  return new Watched(options, module);
}

/** Every call that the pool took has settled, and none twice. */
export function assertSettledOnce({ settled }: Watched): void {
  const counts = new Map<number, number>();
  for (const times of settled.values()) counts.set(times, (counts.get(times) ?? 0) + 1);
  assert.deepEqual(
    [...counts.keys()],
    [1],
    `calls by how often they settled: ${JSON.stringify([...counts])}`,
  );
}

/** No call holds a place in the arena, and all places have joined again. */
export function assertArenaFree({ pool }: Watched): void {
  const { calls, large } = pool.engine.dispatch.cells;
  assert.ok(calls.every((call) => call === undefined || call.block < 0));
  const all = Array.from(
    { length: ARENA_BYTES / LARGEST_BLOCK },
    () => large.blocks?.take(LARGEST_BLOCK) ?? 0,
  );
  assert.ok(
    all.every((offset) => offset >= 0),
    `${all}`,
  );
  for (const offset of all) large.blocks?.release(offset);
}

/** The promise's end, or a failure that says what hung. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not end within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until `condition` holds. */
export async function until(condition: () => boolean, what: string, ms = 5_000): Promise<void> {
  const end = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`${what} did not come within ${ms} ms`);
    await new Promise((done) => setTimeout(done, 2));
  }
}

/** The same numbers for the same seed: mulberry32. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;

/** Occupies workers until it is opened; resolves when their tasks have begun. */
export async function hold(pool: Watched, workers: number): Promise<{ open(): Promise<unknown> }> {
  const words = new Int32Array(new SharedArrayBuffer(8));
  const held = Array.from({ length: workers }, () => pool.run("gate", [words.buffer]));
  // Whoever terminates the pool meanwhile is not interested in these.
  for (const call of held) call.catch(() => undefined);
  await until(() => Atomics.load(words, 1) === workers, "the start of the tasks that hold the workers");
  return {
    open() {
      Atomics.store(words, 0, 1);
      Atomics.notify(words, 0);
      return within(5_000, "the tasks that hold the workers", Promise.all(held));
    },
  };
}
