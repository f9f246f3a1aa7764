import { AsyncLocalStorage } from "node:async_hooks";
import { BadOptionError, CancelError, TimeoutError } from "../error/errors.js";
import { ChunkSize } from "./map-chunk.js";
import { type ChunkOutcome, ChunkRunner } from "./map-run.js";
import {
  AsyncSource,
  isAsync,
  lengthOf,
  type MapItems,
  type MapSource,
  SyncSource,
  type Taker,
} from "./map-source.js";
import { integer, number } from "./options.js";
import type { Pool } from "./pool.js";
import { deadlineOf, setLongTimeout } from "./stop.js";
import { type ItemReader, Items, type Producer } from "./stream-items.js";

export interface MapOptions {
  /** Cancels the whole map. */
  readonly signal?: AbortSignal;
  /** Milliseconds from the first `next`, for the whole map. */
  readonly timeout?: number;
  /** Epoch milliseconds; with `timeout`, the earlier of the two counts. */
  readonly deadline?: number;
  /** As for `run`. */
  readonly priority?: number;
  /** Items per call of a worker. Default: learned, so that a call is 1 to 2 ms of work. */
  readonly chunk?: number;
  /** false gives results as they come. Default: true, in the order of the items. */
  readonly ordered?: boolean;
}

const direct = <T>(run: () => T): T => run();

/**
 * The results of a task over many items, in order. Items go to workers in chunks, at most two per worker ahead of the reader: what
 * is being computed, what is computed and unread, and the chunk being read count. Lazy: nothing is read or run before the first `next`.
 *
 * - An item that fails, in the worker or in the source: the results before it come first, then its own error; the rest is cancelled
 *   and the source closed. No item is run twice.
 * - `signal`, `timeout` and `deadline` reject at once and drop what was not read.
 * - After `close()` or `terminate()` no more chunks are taken in: ClosedError follows the results that were under way.
 * - A reader that leaves cancels what is in flight and closes the source; `return` (and so `break`) waits for the source only.
 * - An item or result that cannot be cloned is a NotCloneableError that names it by number, the first item being 1.
 * @throws BadOptionError for an option that it does not take, or items that cannot be iterated.
 */
export function mapOver(pool: Pool, name: string, items: MapItems, options: MapOptions = {}): ItemReader {
  if (options.chunk !== undefined) integer("chunk", options.chunk, 1, 1 << 20);
  if (options.timeout !== undefined) number("timeout", options.timeout, 0);
  if (options.deadline !== undefined) number("deadline", options.deadline, 0);
  if (!isAsync(items) && typeof (items as Partial<Iterable<unknown>>)?.[Symbol.iterator] !== "function") {
    throw new BadOptionError("items", items, "an iterable or an async iterable");
  }
  return new Mapping(pool, name, items, options).results;
}

/** Items on their way through a worker. */
interface Chunk {
  readonly controller: AbortController;
  outcome: ChunkOutcome | undefined;
}

class Mapping implements Producer, Taker {
  readonly results = new Items(this);
  readonly #pool: Pool;
  readonly #name: string;
  readonly #items: MapItems;
  readonly #options: MapOptions;
  readonly #size: ChunkSize;
  readonly #inside: <T>(run: () => T) => T;
  readonly #site = new Error("called from here");
  #runner: ChunkRunner | undefined;
  #source: MapSource | undefined;
  #sourceEnd: { readonly error?: unknown } | undefined;
  /** In the order of their items; without those that were passed to the reader. */
  #chunks: Chunk[] = [];
  #unread = 0;
  #taken = 0;
  #over = false;
  #deadline: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(pool: Pool, name: string, items: MapItems, options: MapOptions) {
    this.#pool = pool;
    this.#name = name;
    this.#items = items;
    this.#options = options;
    this.#size = new ChunkSize(options.chunk);
    this.#inside = pool.settings.carry.length > 0 ? AsyncLocalStorage.snapshot() : direct;
  }

  begin(): void {
    const { signal } = this.#options;
    if (signal?.aborted === true) {
      this.#onAbort();
      return;
    }
    signal?.addEventListener("abort", this.#onAbort, { once: true });
    this.#deadline = deadlineOf(this.#options);
    if (this.#deadline !== undefined) this.#watchClock(this.#deadline);
    this.#runner = new ChunkRunner(this.#pool, this.#name, this.#size, this.#site, {
      priority: this.#options.priority ?? 0,
      ...(this.#deadline === undefined ? {} : { deadline: this.#deadline }),
    });
    try {
      this.#source = isAsync(this.#items)
        ? new AsyncSource(this.#items[Symbol.asyncIterator](), this)
        : new SyncSource(this.#items[Symbol.iterator](), this);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#source.fill();
  }

  took(last: boolean): void {
    if (!last) return;
    this.#unread--;
    if (!this.#over) this.#source?.fill();
  }

  /** A timer alone keeps the process alive only while somebody waits for what it ends. */
  waiting(waits: boolean): void {
    if (waits) this.#timer?.ref();
    else this.#timer?.unref();
  }

  leave(): Promise<void> | undefined {
    this.#end();
    return this.#source?.stop();
  }

  wanted(): number {
    const workers = Math.max(1, this.#pool.engine.crew.alive);
    if (this.#over || this.#chunks.length + this.#unread >= this.#room(workers)) return 0;
    const length = lengthOf(this.#items);
    return this.#size.next(length === undefined ? undefined : length - this.#taken, workers);
  }

  chunk(items: readonly unknown[]): void {
    const runner = this.#runner;
    if (runner === undefined) return;
    const chunk: Chunk = { controller: new AbortController(), outcome: undefined };
    const first = this.#taken;
    this.#taken += items.length;
    this.#chunks.push(chunk);
    this.#inside(() => runner.run(first, items, chunk.controller.signal)).then(
      (outcome) => this.#settled(chunk, outcome),
      (error: unknown) => this.#settled(chunk, { values: [], failed: { error } }),
    );
  }

  end(end: { readonly error?: unknown }): void {
    this.#sourceEnd = end;
    this.#deliver();
  }

  /** A pool that refuses what does not fit is not given more than fits. */
  #room(workers: number): number {
    const { rejectWhenFull, capacity } = this.#pool.settings;
    return rejectWhenFull ? Math.max(1, Math.min(2 * workers, workers + Math.floor(capacity))) : 2 * workers;
  }

  #settled(chunk: Chunk, outcome: ChunkOutcome): void {
    const at = this.#chunks.indexOf(chunk);
    if (this.#over || at < 0) return;
    chunk.outcome = outcome;
    if (outcome.failed !== undefined) {
      if (this.#deadline !== undefined && Date.now() >= this.#deadline) {
        // The worker's clock may be the first to tell the task, and what it throws then may be the first to arrive.
        this.#timeOut(this.#deadline);
        return;
      }
      this.#closeSource();
      if (this.#options.ordered !== false) {
        for (const later of this.#chunks.splice(at + 1)) later.controller.abort();
      }
    }
    this.#deliver();
  }

  #deliver(): void {
    for (;;) {
      const ordered = this.#options.ordered !== false;
      const at = ordered ? 0 : this.#chunks.findIndex(({ outcome }) => outcome !== undefined);
      const outcome = this.#chunks[at]?.outcome;
      if (outcome === undefined) break;
      this.#chunks.splice(at, 1);
      if (outcome.values.length > 0) {
        this.#unread++;
        this.results.push(outcome.values);
      }
      if (outcome.failed !== undefined) {
        this.#fail(outcome.failed.error);
        return;
      }
    }
    if (this.#over) return;
    if (this.#sourceEnd === undefined || this.#chunks.length > 0) {
      this.#source?.fill();
      return;
    }
    this.#end();
    this.results.end(this.#sourceEnd);
  }

  #fail(error: unknown): void {
    this.#end();
    this.#closeSource();
    this.results.end({ error });
  }

  #stop(error: unknown): void {
    this.#end();
    this.#closeSource();
    this.results.abort(error);
  }

  readonly #onAbort = (): void => {
    this.#stop(new CancelError(this.#options.signal?.reason, this.#name));
  };

  #watchClock(deadline: number): void {
    this.#timer = setLongTimeout(
      () => this.#timeOut(deadline),
      () => deadline - Date.now(),
      (timer) => {
        this.#timer = timer;
      },
    );
  }

  #timeOut(deadline: number): void {
    this.#stop(new TimeoutError(deadline, this.#name, this.#options.timeout));
  }

  /** Nothing of ours is left behind: no call, no timer, no listener. */
  #end(): void {
    this.#over = true;
    for (const chunk of this.#chunks.splice(0)) chunk.controller.abort();
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
  }

  /** What the source throws while it is closed gives way to the error that closes it. */
  #closeSource(): void {
    this.#source?.stop()?.catch(() => undefined);
  }
}
