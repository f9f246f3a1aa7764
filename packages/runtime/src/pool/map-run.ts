import { isHeddleError } from "../error/base.js";
import { NotCloneableError } from "../error/errors.js";
import type { ChunkResult } from "../wire/chunk.js";
import { isCloneable } from "../wire/cloneable.js";
import { unpackError } from "../wire/error.js";
import { FOR_EACH } from "../wire/layout.js";
import type { ChunkSize } from "./map-chunk.js";
import type { RunOptions } from "./options.js";
import type { Pool } from "./pool.js";

/** How a chunk ended: results up to the first item that failed, and that failure. */
export interface ChunkOutcome {
  readonly values: readonly unknown[];
  readonly failed?: { readonly error: unknown };
}

/** Runs the chunks of one map, learns what they cost, and says which item it was that failed. */
export class ChunkRunner {
  readonly #pool: Pool;
  readonly #name: string;
  readonly #size: ChunkSize;
  readonly #site: Error;
  readonly #options: RunOptions;

  /** `site` is where the map was made. */
  constructor(pool: Pool, name: string, size: ChunkSize, site: Error, options: RunOptions) {
    this.#pool = pool;
    this.#name = name;
    this.#size = size;
    this.#site = site;
    this.#options = options;
  }

  /** `first` items were before these. Rejects with what failed the chunk as a whole: then none of its items counts as run. */
  async run(first: number, items: readonly unknown[], signal: AbortSignal): Promise<ChunkOutcome> {
    try {
      const began = performance.now();
      const running = this.#call(items, signal);
      const sendingMs = performance.now() - began;
      const result = await running;
      this.#size.learn(result.values.length, Math.max(result.ms, sendingMs));
      return this.#outcome(first, result);
    } catch (error) {
      const bad = isHeddleError(error, "NOT_CLONEABLE") ? items.findIndex((item) => !isCloneable(item)) : -1;
      if (bad < 0) throw error;
      const failed = { error: this.#notCloneable(`item ${first + bad + 1}`, messageOfCause(error)) };
      if (bad === 0) return { values: [], failed };
      // Nothing of this chunk has run: those before the bad one still can.
      const before = this.#outcome(first, await this.#call(items.slice(0, bad), signal));
      return { failed, ...before };
    }
  }

  #call(items: readonly unknown[], signal: AbortSignal): Promise<ChunkResult> {
    const options = { ...this.#options, signal };
    return this.#pool.run(this.#name, [items], options, FOR_EACH) as Promise<ChunkResult>;
  }

  #outcome(first: number, { values, failed, uncloneable }: ChunkResult): ChunkOutcome {
    if (failed !== undefined) return { values, failed: { error: unpackError(failed, this.#site.stack) } };
    if (uncloneable === undefined) return { values };
    const path = `the result of item ${first + values.length + 1}`;
    return { values, failed: { error: this.#notCloneable(path, uncloneable) } };
  }

  #notCloneable(path: string, why: string): NotCloneableError {
    return new NotCloneableError(path, this.#name, why);
  }
}

function messageOfCause(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
