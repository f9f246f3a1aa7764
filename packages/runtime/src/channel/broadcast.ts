import { ChannelClosedError } from "../error/errors.js";
import { COUNT, checkOptions, type Rules } from "../error/options.js";
import { event, publish } from "../metrics/events.js";
import { type Registration, register } from "../metrics/sources.js";
import { nameOf } from "./channel.js";
import { ChannelCore } from "./core.js";
import { ReceiveEnd } from "./ends.js";
import type { ChannelOptions, ChannelStats, Receiver } from "./types.js";

const missedEvent = event("heddle:channel:missed");

/** Items that a subscriber may be behind, unless it says otherwise. */
const CAPACITY = 64;

export interface SubscribeOptions {
  /** How many items it may be behind before it misses the oldest. Default 64. */
  readonly capacity?: number | undefined;
}

const SUBSCRIBE: Rules<SubscribeOptions> = { capacity: COUNT };

/** What one listener receives, from its subscribing on. Ends when the broadcast is closed, or by `close()`. */
export interface Subscription<out T> extends Receiver<T>, Disposable {
  /** How many items came while it was `capacity` behind; each time the oldest went. */
  readonly missed: number;
  /** Leaves the broadcast; what was received until now can still be read. Closing again does nothing. */
  readonly close: () => void;
}

export interface BroadcastStats {
  readonly name: string;
  readonly subscribers: number;
  /** Items sent, whoever was listening. */
  readonly sent: number;
  /** Items that subscribers missed, all together. */
  readonly missed: number;
  readonly closed: boolean;
}

/** A radio: each subscriber hears each item that is sent while it is tuned in. Sending never waits. */
export interface Broadcast<in out T> {
  readonly name: string;
  readonly closed: boolean;
  /** @throws BadOptionError if the capacity is no whole number from 1 up. */
  readonly subscribe: (options?: SubscribeOptions) => Subscription<T>;
  /** Gives the item to every subscriber, and says how many there were. @throws ChannelClosedError */
  readonly send: (item: T) => number;
  /** Subscribers get what they have not read yet, then the end, or `error` if one is given. Closing again does nothing. */
  readonly close: (error?: unknown) => void;
  stats(): BroadcastStats;
}

/**
 * A channel whose every subscriber receives every item. It never waits for a slow one: who is more than its `capacity` behind
 * misses the oldest items, and is told how many. Use a channel where nothing may be missed.
 */
export function broadcast<T>(options?: ChannelOptions): Broadcast<T> {
  return new Hub<T>(nameOf(options));
}

let lastId = 0;

class Hub<T> implements Broadcast<T> {
  readonly name: string;
  readonly #label: string;
  readonly #registration: Registration | undefined = undefined;
  /** Held strongly: a subscriber that waits in `for await` is known to nobody else. */
  readonly #listeners = new Set<Listener<T>>();
  #closed = false;
  #error: unknown = undefined;
  #sent = 0;
  #missed = 0;

  constructor(name: string | undefined) {
    lastId += 1;
    this.name = name ?? `broadcast ${lastId}`;
    this.#label = name === undefined ? this.name : `broadcast ${JSON.stringify(name)}`;
    if (name !== undefined) this.#registration = register("channel", name, this);
  }

  get closed(): boolean {
    return this.#closed;
  }

  subscribe(options: SubscribeOptions = {}): Subscription<T> {
    checkOptions(options, SUBSCRIBE);
    const core = new ChannelCore<T>(options.capacity ?? CAPACITY, this.name, {
      label: `a subscription of ${this.#label}`,
    });
    const listener = new Listener<T>(core, (gone) => this.#listeners.delete(gone));
    if (this.#closed) core.close(this.#error);
    else this.#listeners.add(listener);
    return listener;
  }

  send(item: T): number {
    if (this.#closed) {
      throw new ChannelClosedError(
        this.#label,
        this.#error === undefined ? undefined : { cause: this.#error },
      );
    }
    this.#sent += 1;
    for (const listener of this.#listeners) {
      if (listener.hear(item)) continue;
      this.#missed += 1;
      publish(missedEvent, { channel: this.name, missed: listener.missed });
    }
    return this.#listeners.size;
  }

  close(error?: unknown): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#error = error;
    for (const listener of this.#listeners) listener.endWith(error);
    this.#listeners.clear();
    this.#registration?.unregister();
  }

  stats(): BroadcastStats {
    return Object.freeze({
      name: this.name,
      subscribers: this.#listeners.size,
      sent: this.#sent,
      missed: this.#missed,
      closed: this.#closed,
    });
  }
}

class Listener<T> extends ReceiveEnd<T> implements Subscription<T> {
  missed = 0;
  readonly #core: ChannelCore<T>;
  readonly #left: (listener: Listener<T>) => void;

  constructor(core: ChannelCore<T>, left: (listener: Listener<T>) => void) {
    super(core);
    this.#core = core;
    this.#left = left;
  }

  /** False: it was full, and the oldest item had to go. */
  hear(item: T): boolean {
    const core = this.#core;
    if (core.put(item, undefined)) return true;
    core.ring.shift();
    this.missed += 1;
    core.put(item, undefined);
    return false;
  }

  endWith(error: unknown): void {
    this.#core.close(error);
  }

  close(): void {
    this.#left(this);
    this.#core.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  override stats(): ChannelStats & { readonly missed: number } {
    return Object.freeze({ ...super.stats(), missed: this.missed });
  }
}
