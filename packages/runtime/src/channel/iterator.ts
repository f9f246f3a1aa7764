import { ready } from "../group/slice.js";
import type { ChannelCore, ReceiveHolder } from "./core.js";
import type { ChannelIterator } from "./types.js";
import type { ReceiveWaiter } from "./waiters.js";

type Result<T> = IteratorResult<T, undefined>;

/** One `for await`. It reads nothing ahead, so that leaving the loop loses nothing. */
export class Iteration<T> implements ChannelIterator<T>, ReceiveHolder<T> {
  readonly #core: ChannelCore<T>;
  #waiter: ReceiveWaiter<T> | undefined = undefined;
  /** Those that wait beside `#waiter`: only when `next` is called again before it has settled. */
  #more: ReceiveWaiter<T>[] | undefined = undefined;
  #ended = false;

  constructor(core: ChannelCore<T>) {
    this.#core = core;
  }

  next(): Promise<Result<T>> {
    if (this.#ended) return ready<Result<T>>({ value: undefined, done: true });
    return this.#core.receive(undefined, this);
  }

  return(): Promise<Result<T>> {
    this.#ended = true;
    this.#waiter?.finish();
    for (const waiter of this.#more ?? []) waiter.finish();
    this.#waiter = this.#more = undefined;
    return ready<Result<T>>({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  waits(waiter: ReceiveWaiter<T>): void {
    if (this.#waiter?.state === "pending") {
      this.#more = (this.#more ?? []).filter(({ state }) => state === "pending");
      this.#more.push(this.#waiter);
    }
    this.#waiter = waiter;
  }
}
