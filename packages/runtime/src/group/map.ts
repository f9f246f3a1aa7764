import { COUNT, checkOptions, MS, type Rules, SIGNAL, TEXT } from "../error/options.js";
import { GroupScope } from "./group-scope.js";
import { ambient } from "./scope.js";
import { onEnd, type TaskScope } from "./task.js";
import type { Group } from "./types.js";
import { park, refusal, Waiter } from "./wait.js";

export interface MapOptions {
  /** How many calls run at once; no item is taken from the source before there is room for it. Default: no limit. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for all items together. */
  readonly timeout?: number | undefined;
  readonly name?: string | undefined;
}

const MAP: Rules<MapOptions> = { limit: COUNT, signal: SIGNAL, timeout: MS, name: TEXT };

/**
 * Calls `fn` for each item and resolves with the results in the order of the items. The first failure, of `fn` or the source,
 * cancels the other calls, closes the source, waits for all, and is thrown, as by `group`.
 */
export async function map<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  fn: (item: T, index: number) => R | PromiseLike<R>,
  options: MapOptions = {},
): Promise<Awaited<R>[]> {
  checkOptions(options, MAP);
  const { limit = Number.POSITIVE_INFINITY, name = "map", signal, timeout } = options;
  const calls = new Calls(fn, limit);
  await new GroupScope({ name, signal, timeout }, map).run((g) =>
    Symbol.asyncIterator in items ? feedAsync(items, calls, g) : feed(items, calls, g),
  );
  return calls.results;
}

/** The calls of one map: how many run, and what they gave. */
class Calls<T, R> {
  readonly results: Awaited<R>[] = [];
  readonly #fn: (item: T, index: number) => R | PromiseLike<R>;
  readonly #limit: number;
  #index = 0;
  #running = 0;
  #room: Waiter<void> | undefined;

  constructor(fn: (item: T, index: number) => R | PromiseLike<R>, limit: number) {
    this.#fn = fn;
    this.#limit = limit;
  }

  get full(): boolean {
    return this.#running >= this.#limit;
  }

  /** Throws in a cancelled group: an endless source must not go on feeding tasks that never start. */
  start(item: T, g: Group): void {
    const cause = ambient()?.cause;
    if (cause !== undefined) throw cause.error;
    const index = this.#index++;
    this.#running += 1;
    const task = g.spawn(async () => {
      this.results[index] = await this.#fn(item, index);
    }) as TaskScope<void>;
    if (task.ended) this.#ended();
    else onEnd(task, () => this.#ended());
  }

  async room(g: Group): Promise<void> {
    while (this.full) {
      const scope = ambient();
      this.#room = new Waiter();
      await (refusal(scope) ?? park(this.#room, scope, undefined, g));
    }
  }

  #ended(): void {
    this.#running -= 1;
    this.#room?.grant(undefined);
  }
}

async function feed<T, R>(items: Iterable<T>, calls: Calls<T, R>, g: Group): Promise<void> {
  for (const item of items) {
    calls.start(item, g);
    if (calls.full) await calls.room(g);
  }
}

async function feedAsync<T, R>(items: AsyncIterable<T>, calls: Calls<T, R>, g: Group): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  let pending = false;
  let step: IteratorResult<T> | undefined;
  try {
    for (;;) {
      const refused = refusal(ambient());
      if (refused !== undefined) await refused;
      pending = true;
      step = await cancellable(iterator.next());
      pending = false;
      if (step.done === true) return;
      calls.start(step.value, g);
      if (calls.full) await calls.room(g);
    }
  } finally {
    if (step?.done !== true) await close(iterator, pending);
  }
}

/** A generator answers `return` only after the `next` before it: with one pending, waiting for it could be for ever. */
async function close<T>(iterator: AsyncIterator<T>, pending: boolean): Promise<void> {
  const closing = iterator.return?.();
  if (pending) closing?.then(undefined, () => {});
  else await closing;
}

/** A wait for somebody else's promise that cancellation ends; what the promise does later is then ignored. */
function cancellable<T>(promise: Promise<T>): Promise<T> {
  const waiter = new Waiter<T>();
  Promise.resolve(promise).then(
    (value) => waiter.grant(value),
    (error) => waiter.fail(error),
  );
  return park(waiter, ambient(), undefined, "the next item");
}
