import { type PackedError, packError } from "../wire/error.js";
import type { Shared } from "../wire/layout.js";
import { NameReader } from "../wire/names.js";

export type Run = (...args: unknown[]) => unknown;

/** What `map` gets back for a chunk: the results up to the first item that failed, and that failure. */
export interface ChunkResult {
  readonly values: readonly unknown[];
  readonly failed?: PackedError;
}

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
    this.#module = module;
    this.#reader = new NameReader(shared);
    this.names = Object.keys(module).filter((name) => typeof module[name] === "function");
  }

  get(id: number): Run {
    return this.#byId[id] ?? this.#resolve(id);
  }

  #resolve(id: number): Run {
    const name = this.#reader.name(id);
    const found = Object.hasOwn(this.#module, name) ? this.#module[name] : undefined;
    if (typeof found !== "function") throw new NoSuchTask(this.names);
    const run = found as Run;
    this.#byId[id] = run;
    return run;
  }
}

/** One function over the items of a chunk, in order; stops at the first failure. */
export function forEach(run: Run, items: readonly unknown[]): ChunkResult | Promise<ChunkResult> {
  const values: unknown[] = [];
  for (let index = 0; index < items.length; index++) {
    try {
      const value = run(items[index]);
      if (value instanceof Promise) return forEachAsync(run, items, values, value);
      values.push(value);
    } catch (error) {
      return { values, failed: packError(error) };
    }
  }
  return { values };
}

async function forEachAsync(
  run: Run,
  items: readonly unknown[],
  values: unknown[],
  pending: unknown,
): Promise<ChunkResult> {
  try {
    values.push(await pending);
    while (values.length < items.length) values.push(await run(items[values.length]));
    return { values };
  } catch (error) {
    return { values, failed: packError(error) };
  }
}
