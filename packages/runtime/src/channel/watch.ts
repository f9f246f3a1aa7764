import { ChannelClosedError } from "../error/errors.js";
import { ambient } from "../group/scope.js";
import { readyVoid, refuse } from "../group/slice.js";
import { park, refusal, Waiter, type WaitOptions } from "../group/wait.js";
import { WaitQueue } from "../group/wait-queue.js";
import { event, publish } from "../metrics/events.js";
import { nameOf } from "./channel.js";
import type { ChannelIterator, ChannelOptions } from "./types.js";

const closeEvent = event("heddle:channel:close");

export interface WatchStats {
  readonly name: string;
  /** Waits for a change that have not ended. */
  readonly receivers: number;
  /** How often it was set. */
  readonly sent: number;
  readonly closed: boolean;
}

/** A notice board: it shows one value, and whoever looks sees the latest. Values nobody looked at in time are gone. */
export interface Watch<in out T> {
  readonly name: string;
  readonly value: T;
  readonly closed: boolean;
  /** Replaces the value and wakes all who wait. Setting an equal value is a change too. @throws ChannelClosedError */
  readonly set: (value: T) => void;
  /**
   * Waits for the next `set` and gives the value as it is when the waiter runs. A change that came before this call does not count:
   * a loop that must see each last value uses `for await`. Rejects with ChannelClosedError, or the error given to `close`, when
   * no change can come any more.
   */
  readonly changed: (options?: WaitOptions) => Promise<T>;
  /** Ends all iterations once they have seen the last value, with `error` if one is given. The value stays. */
  readonly close: (error?: unknown) => void;
  /** The value at once, then the latest after each change; what is set meanwhile is skipped, the last one never. */
  readonly [Symbol.asyncIterator]: () => ChannelIterator<T>;
  stats(): WatchStats;
}

/** A value that can be waited for: settings, a state, a progress. */
export function watch<T>(initial: T, options?: ChannelOptions): Watch<T> {
  return new Board(initial, nameOf(options));
}

let lastId = 0;

class Board<T> implements Watch<T> {
  readonly name: string;
  readonly label: string;
  value: T;
  closed = false;
  error: unknown = undefined;
  /** How often it was set. */
  version = 0;
  readonly #waiters = new WaitQueue<ChangeWaiter>(this);

  constructor(initial: T, name: string | undefined) {
    lastId += 1;
    this.value = initial;
    this.name = name ?? `watch ${lastId}`;
    this.label = name === undefined ? this.name : `watch ${JSON.stringify(name)}`;
  }

  set(value: T): void {
    if (this.closed) throw this.#closedError();
    this.value = value;
    this.version += 1;
    this.#wakeAll();
  }

  async changed(options?: WaitOptions): Promise<T> {
    const seen = this.version;
    await this.next(new ChangeWaiter(this), options);
    if (this.version === seen) throw this.error ?? this.#closedError();
    return this.value;
  }

  close(error?: unknown): void {
    if (this.closed) return;
    this.closed = true;
    this.error = error;
    publish(closeEvent, { channel: this.name, error });
    this.#wakeAll();
  }

  [Symbol.asyncIterator](): ChannelIterator<T> {
    return new WatchIteration(this);
  }

  stats(): WatchStats {
    const { name, version, closed } = this;
    return Object.freeze({ name, receivers: this.#waiters.size, sent: version, closed });
  }

  /** Resolves at the next change or close. */
  next(waiter: ChangeWaiter, options?: WaitOptions): Promise<void> {
    const scope = ambient();
    const refused = refusal(scope, options);
    if (refused !== undefined) return refused;
    if (this.closed) return refuse(this.error ?? this.#closedError());
    this.#waiters.push(waiter);
    return park(waiter, scope, options, this);
  }

  #wakeAll(): void {
    for (let waiter = this.#waiters.shift(); waiter !== undefined; waiter = this.#waiters.shift()) {
      waiter.grant(undefined);
    }
  }

  #closedError(): ChannelClosedError {
    return new ChannelClosedError(this.label, this.error === undefined ? undefined : { cause: this.error });
  }
}

class ChangeWaiter extends Waiter<void> {
  readonly #board: { readonly label: string };

  constructor(board: { readonly label: string }) {
    super();
    this.#board = board;
  }

  override describe(): string {
    return `the wait for a change of ${this.#board.label}`;
  }
}

/** Remembers which version it gave last, so that nothing is kept for it between two `next()`. */
class WatchIteration<T> implements ChannelIterator<T> {
  readonly #board: Board<T>;
  readonly #waiting = new Set<ChangeWaiter>();
  #seen = -1;
  #ended = false;

  constructor(board: Board<T>) {
    this.#board = board;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    const board = this.#board;
    while (!this.#ended) {
      // Cancelled means cancelled also where there is something to give.
      await (refusal(ambient()) ?? readyVoid());
      if (this.#seen !== board.version) {
        this.#seen = board.version;
        return { value: board.value, done: false };
      }
      if (board.closed) {
        if (board.error !== undefined) throw board.error;
        break;
      }
      const waiter = new ChangeWaiter(board);
      this.#waiting.add(waiter);
      try {
        await board.next(waiter);
      } finally {
        this.#waiting.delete(waiter);
      }
    }
    return { value: undefined, done: true };
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#ended = true;
    for (const waiter of this.#waiting) waiter.grant(undefined);
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
