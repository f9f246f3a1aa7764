/** Who makes the items of an iteration. */
export interface Producer {
  /** The reader asked for the first item. Called once, or never. */
  begin(): void;
  /** The reader took an item; `last` when it was the last of its batch. */
  took(last: boolean): void;
  /** The reader began to wait, or waits no more. */
  waiting(waits: boolean): void;
  /** The reader left before the end. What this gives is awaited by the reader's `break`. */
  leave(): Promise<void> | undefined;
}

/** Items in order. Leaving early (`break`, `return`, the end of `await using`) ends what makes them. */
export interface ItemReader extends AsyncIterable<unknown, undefined, undefined>, AsyncDisposable {
  next(): Promise<IteratorResult<unknown, undefined>>;
  return(): Promise<IteratorResult<unknown, undefined>>;
  throw(error: unknown): Promise<IteratorResult<unknown, undefined>>;
  [Symbol.asyncIterator](): this;
}

interface Waiter {
  resolve(step: IteratorResult<unknown, undefined>): void;
  reject(error: unknown): void;
}

type Step = IteratorResult<unknown, undefined>;
const DONE: Step = Object.freeze({ done: true, value: undefined });

/**
 * The reader's side of an iteration: batches in, items out, in order.
 *
 * Not an async generator: its `return` would wait behind a `next` that waits, and a reader must be able to leave at any time.
 * Several `next` may be under way; they are answered in their order. The error of the end is given once, to the first that meets it.
 */
export class Items implements ItemReader {
  readonly #producer: Producer;
  readonly #batches: (readonly unknown[])[] = [];
  #at = 0;
  #waiters: Waiter[] = [];
  #end: { readonly error?: unknown } | undefined;
  #state: "new" | "open" | "over" = "new";

  constructor(producer: Producer) {
    this.#producer = producer;
  }

  next(): Promise<Step> {
    if (this.#state === "over") return Promise.resolve(DONE);
    if (this.#state === "open" && this.#waiters.length === 0) {
      if (this.#batches.length > 0) return Promise.resolve(this.#take());
      if (this.#end !== undefined) return this.#conclude(this.#end);
    }
    const promise = new Promise<Step>((resolve, reject) => this.#waiters.push({ resolve, reject }));
    if (this.#waiters.length === 1) this.#producer.waiting(true);
    if (this.#state === "new") {
      this.#state = "open";
      this.#producer.begin();
    }
    return promise;
  }

  /** Ends the iteration; resolves when what made the items has been told to stop, and has run its cleanup if it could. */
  async return(): Promise<Step> {
    const begun = this.#state === "open";
    this.#state = "over";
    this.#batches.length = 0;
    if (this.#waiters.length > 0) {
      for (const waiter of this.#waiters.splice(0)) waiter.resolve(DONE);
      this.#producer.waiting(false);
    }
    if (begun) await this.#producer.leave();
    return DONE;
  }

  async throw(error: unknown): Promise<Step> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** A batch that is not empty. */
  push(batch: readonly unknown[]): void {
    if (this.#state === "over" || this.#end !== undefined) return;
    this.#batches.push(batch);
    this.#serve();
  }

  /** Nothing more comes; an error is thrown after the items that are here. The first end counts. */
  end(end: { readonly error?: unknown }): void {
    this.#end ??= end;
    this.#serve();
  }

  /** The reader learns of the error now; items that it has not read are dropped. */
  abort(error: unknown): void {
    this.#batches.length = 0;
    this.#at = 0;
    this.#end = { error };
    this.#serve();
  }

  #serve(): void {
    if (this.#waiters.length === 0) return;
    while (this.#batches.length > 0) {
      const waiter = this.#waiters.shift();
      if (waiter === undefined) break;
      waiter.resolve(this.#take());
    }
    if (this.#batches.length === 0 && this.#end !== undefined) {
      const [first, ...others] = this.#waiters.splice(0);
      if (first !== undefined) this.#conclude(this.#end).then(first.resolve, first.reject);
      for (const other of others) other.resolve(DONE);
    }
    if (this.#waiters.length === 0) this.#producer.waiting(false);
  }

  #conclude(end: { readonly error?: unknown }): Promise<Step> {
    this.#state = "over";
    return "error" in end ? Promise.reject(end.error) : Promise.resolve(DONE);
  }

  #take(): Step {
    const batch = this.#batches[0] ?? [];
    const value = batch[this.#at++];
    const last = this.#at === batch.length;
    if (last) {
      this.#batches.shift();
      this.#at = 0;
    }
    this.#producer.took(last);
    return { done: false, value };
  }
}
