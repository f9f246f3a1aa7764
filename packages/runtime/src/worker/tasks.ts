import type { ChunkResult } from "../wire/chunk.js";
import { isCloneable } from "../wire/cloneable.js";
import { packError } from "../wire/error.js";
import type { Shared } from "../wire/layout.js";
import { NameReader } from "../wire/names.js";
import { Moved, transfer } from "../wire/transfer.js";
import { exportsOf } from "./exports.js";

export type Run = (...args: unknown[]) => unknown;

/** Thrown inside a worker for a name that the module does not export as a function. */
export class NoSuchTask extends Error {
  readonly names: readonly string[];

  constructor(names: readonly string[]) {
    super("no such task");
    this.names = names;
  }
}

/** The functions that the module exports, by the numbers under which the host calls them. */
export class Tasks {
  readonly names: readonly string[];
  readonly #module: Readonly<Record<string, unknown>>;
  readonly #reader: NameReader;
  readonly #byId: Run[] = [];

  constructor(shared: Shared, module: Readonly<Record<string, unknown>>) {
    this.#module = exportsOf(module);
    this.#reader = new NameReader(shared);
    this.names = Object.keys(this.#module).filter((name) => typeof this.#module[name] === "function");
  }

  get(id: number): Run {
    return this.#byId[id] ?? this.#resolve(id);
  }

  name(id: number): string {
    return this.#reader.name(id);
  }

  #resolve(id: number): Run {
    const name = this.name(id);
    const found = Object.hasOwn(this.#module, name) ? this.#module[name] : undefined;
    if (typeof found !== "function") throw new NoSuchTask(this.names);
    const run = found as Run;
    this.#byId[id] = run;
    return run;
  }
}

/** One function over the items of a chunk, in order; stops at the first failure, and when nobody wants the results any more. */
export function forEach(
  run: Run,
  items: readonly unknown[],
  cancelled: () => boolean,
): ChunkResult | Promise<ChunkResult> {
  const began = performance.now();
  const values: unknown[] = [];
  try {
    for (let index = 0; index < items.length && !cancelled(); index++) {
      const value = run(items[index]);
      if (isThenable(value)) return forEachAsync(run, items, cancelled, values, value, began);
      values.push(value);
    }
    return chunk(values, began);
  } catch (error) {
    return chunk(values, began, error);
  }
}

async function forEachAsync(
  run: Run,
  items: readonly unknown[],
  cancelled: () => boolean,
  values: unknown[],
  pending: unknown,
  began: number,
): Promise<ChunkResult> {
  try {
    values.push(await pending);
    while (values.length < items.length && !cancelled()) values.push(await run(items[values.length]));
    return chunk(values, began);
  } catch (error) {
    return chunk(values, began, error);
  }
}

/** Results that are to be moved are moved with the chunk. */
function chunk(results: readonly unknown[], began: number, ...thrown: unknown[]): ChunkResult {
  const ms = performance.now() - began;
  const failed = thrown.length === 0 ? {} : { failed: packError(thrown[0]) };
  if (!results.some((value) => value instanceof Moved)) return { values: results, ms, ...failed };
  const list = results.flatMap((value) => (value instanceof Moved ? value.list : []));
  const values = results.map((value: unknown) => (value instanceof Moved ? (value.value as unknown) : value));
  return transfer({ values, ms, ...failed }, list);
}

/** The part of a chunk that can be sent: up to the first result that cannot be cloned. */
export function sendablePart(sent: unknown, uncloneable: string): ChunkResult {
  const { values, ms } = (sent instanceof Moved ? sent.value : sent) as ChunkResult;
  const bad = values.findIndex((value) => !isCloneable(value));
  return { values: values.slice(0, Math.max(0, bad)), ms, uncloneable };
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  );
}
