import type { WaitOptions } from "../group/wait.js";

/** Numbers of one channel. `sent`, `received` and `missed` only grow; the rest is as of now. */
export interface ChannelStats {
  readonly name: string;
  readonly capacity: number;
  /** Items in the channel. */
  readonly size: number;
  /** Waits to send that have not ended. */
  readonly senders: number;
  /** Waits to receive that have not ended. */
  readonly receivers: number;
  /** Items accepted. */
  readonly sent: number;
  readonly received: number;
  readonly closed: boolean;
}

interface End {
  readonly name: string;
  /** Items it can hold; 0 is a rendezvous. */
  readonly capacity: number;
  /** Items it holds now. */
  readonly size: number;
  /** True after `close()`, also while items are still to be received. */
  readonly closed: boolean;
  stats(): ChannelStats;
}

/**
 * The end that items go into. Functions are properties here, not methods: so the compiler refuses a `Sender<Cat>` where a
 * `Sender<Animal>` is asked for.
 */
export interface Sender<in T> extends End {
  /**
   * Resolves when the channel has accepted the item: it has room, or a receiver took it. Senders are served first come, first
   * served. Rejects with ChannelClosedError when the channel is or gets closed, CancelError when the group is cancelled or
   * `signal` aborts, TimeoutError; then the item was not accepted.
   */
  readonly send: (item: T, options?: WaitOptions) => Promise<void>;
  /** True if the item was accepted at once. @throws ChannelClosedError */
  readonly trySend: (item: T) => boolean;
  /**
   * Nothing more can be sent. Senders that wait are rejected: their items were never accepted. Receivers get what is left, then
   * `{ done: true }`, or a rejection with `error` if one is given. Closing again does nothing.
   */
  readonly close: (error?: unknown) => void;
}

/** The end that items come out of. `for await` receives until the channel is closed and empty; `break` does not close it. */
export interface Receiver<out T> extends End {
  /**
   * The oldest item, waiting while there is none; `{ done: true }` once the channel is closed and empty. Each item goes to exactly
   * one receiver, and receivers are served first come, first served. Rejects with the error given to `close`, CancelError,
   * TimeoutError; then nothing was taken.
   */
  readonly receive: (options?: WaitOptions) => Promise<IteratorResult<T, undefined>>;
  /** What `receive` would give at once, or `undefined`. @throws the error given to `close` */
  readonly tryReceive: () => IteratorResult<T, undefined> | undefined;
  /** All items there are, at most `max`, waiting for the first. Empty only when the channel is closed and empty. */
  readonly receiveMany: (max: number, options?: WaitOptions) => Promise<T[]>;
  readonly [Symbol.asyncIterator]: () => ChannelIterator<T>;
}

/** Both ends. `sender` and `receiver` are the two by themselves, to be given to code that needs only one. */
export interface Channel<T> extends Sender<T>, Receiver<T> {
  readonly sender: Sender<T>;
  readonly receiver: Receiver<T>;
}

export interface ChannelOptions {
  /** For errors, reports and metrics; a channel without one is not in the metrics. */
  readonly name?: string | undefined;
}

/** `return()` ends this iteration alone, and a `next()` that still waits with it. */
export interface ChannelIterator<out T> extends AsyncIterableIterator<T, undefined> {
  readonly next: () => Promise<IteratorResult<T, undefined>>;
  readonly return: () => Promise<IteratorResult<T, undefined>>;
  readonly [Symbol.asyncIterator]: () => ChannelIterator<T>;
}
