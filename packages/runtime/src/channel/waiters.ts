import { Waiter } from "../group/wait.js";
import type { QueueNode } from "../group/wait-queue.js";
import type { ChannelCore } from "./core.js";

/**
 * What stands in the two queues of a channel: waits of `send`, `receive`, `receiveMany`, and cases of a `select`.
 * Each answer is a commitment. `false` means too late: nothing was given or taken, and the caller goes to the next one.
 */
export interface ReceiveNode<T> extends QueueNode {
  /** Gives it the item. */
  accept(item: T): boolean;
  /** The channel is closed and empty. */
  finish(): boolean;
  /** The channel is closed with an error, and empty. */
  fail(error: unknown): boolean;
}

export interface SendNode<T> extends QueueNode {
  readonly item: T;
  /** Takes `item` from it. */
  release(): boolean;
  fail(error: unknown): boolean;
}

export class SendWaiter<T> extends Waiter<void> implements SendNode<T> {
  readonly item: T;
  readonly #core: ChannelCore<T>;

  constructor(core: ChannelCore<T>, item: T) {
    super();
    this.#core = core;
    this.item = item;
  }

  override describe(): string {
    return `send to ${this.#core.label}`;
  }

  release(): boolean {
    return this.grant(undefined);
  }
}

type Result<T> = IteratorResult<T, undefined>;

export class ReceiveWaiter<T> extends Waiter<Result<T>> implements ReceiveNode<T> {
  readonly #core: ChannelCore<T>;

  constructor(core: ChannelCore<T>) {
    super();
    this.#core = core;
  }

  override describe(): string {
    return `receive from ${this.#core.label}`;
  }

  /**
   * The item is its own at once, the news takes two microtasks longer where there is a buffer (a promise for the result adds
   * them). Woken without delay, a receiver that is as fast as the sender finds the buffer empty again and parks for each item;
   * so it finds the next ones there, and neither of the two parks any more.
   */
  accept(item: T): boolean {
    const result: Result<T> = { value: item, done: false };
    if (this.#core.capacity === 0) return this.grant(result);
    return this.grant(Promise.resolve(result) as unknown as Result<T>);
  }

  finish(): boolean {
    return this.grant({ value: undefined, done: true });
  }
}

export class ManyWaiter<T> extends Waiter<T[]> implements ReceiveNode<T> {
  readonly #core: ChannelCore<T>;

  constructor(core: ChannelCore<T>) {
    super();
    this.#core = core;
  }

  override describe(): string {
    return `receive from ${this.#core.label}`;
  }

  accept(item: T): boolean {
    return this.grant([item]);
  }

  finish(): boolean {
    return this.grant([]);
  }
}
