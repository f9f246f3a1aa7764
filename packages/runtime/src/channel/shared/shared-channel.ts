import { BadOptionError } from "../../error/errors.js";
import { register } from "../../metrics/sources.js";
import { nameOf } from "../channel.js";
import type { ChannelOptions } from "../types.js";
import { SharedReceiveEnd, type SharedReceiver, SharedSendEnd, type SharedSender } from "./ends.js";
import { allocate, OPEN, SENT, type SharedMemory, TAKEN, view } from "./layout.js";
import { closedState, closeShared } from "./state.js";

export interface SharedChannelStats {
  readonly name: string;
  readonly capacity: number;
  /** Items in the channel. */
  readonly size: number;
  /** Items accepted and received, by whichever threads; they count modulo 2^32. */
  readonly sent: number;
  readonly received: number;
  readonly closed: boolean;
}

export interface SharedChannel<T> {
  readonly name: string;
  readonly capacity: number;
  readonly sender: SharedSender<T>;
  readonly receiver: SharedReceiver<T>;
  /**
   * Closes it from this thread, whoever has the ends: for when the task that should have done it failed. The error reaches the other
   * thread as a copy. Closing again does nothing.
   */
  readonly close: (error?: unknown) => void;
  stats(): SharedChannelStats;
}

let lastId = 0;

/**
 * A channel between two threads: one end stays here, the other is an argument of a pool task, or both go to tasks. It holds at most
 * `capacity` items, or as many as its memory has room for (64 bytes each, at least 16 KiB); who sends more waits until the other
 * thread has received. Both ends are what the ends of `channel()` are, also in `select`, and no event loop is ever blocked.
 *
 * @throws BadOptionError if the capacity is no whole number from 1 up.
 */
export function sharedChannel<T>(capacity: number, options?: ChannelOptions): SharedChannel<T> {
  if (!Number.isInteger(capacity) || capacity < 1 || capacity >= 2 ** 30) {
    throw new BadOptionError(
      "capacity",
      capacity,
      "a whole number of items from 1 up (there is no rendezvous of threads)",
    );
  }
  const named = nameOf(options);
  lastId += 1;
  const shared = allocate(capacity);
  const memory = view(shared);
  if (memory === undefined) throw new Error("this is a bug in Heddle: memory of a channel that is none");
  const both = new BothShared<T>(memory, shared, named ?? `shared channel ${lastId}`, capacity);
  if (named !== undefined) register("channel", named, both);
  return both;
}

class BothShared<T> implements SharedChannel<T> {
  readonly name: string;
  readonly capacity: number;
  readonly sender: SharedSender<T>;
  readonly receiver: SharedReceiver<T>;
  readonly #memory: SharedMemory;

  constructor(memory: SharedMemory, shared: SharedArrayBuffer, name: string, capacity: number) {
    this.#memory = memory;
    this.name = name;
    this.capacity = capacity;
    this.sender = new SharedSendEnd<T>(memory, shared, name);
    this.receiver = new SharedReceiveEnd<T>(memory, shared, name);
  }

  close(error?: unknown): void {
    closeShared(this.#memory, error);
  }

  stats(): SharedChannelStats {
    const { control } = this.#memory;
    const received = Atomics.load(control, TAKEN) >>> 0;
    const sent = Atomics.load(control, SENT) >>> 0;
    const size = (sent - received) >>> 0;
    const closed = closedState(this.#memory) !== OPEN;
    return Object.freeze({ name: this.name, capacity: this.capacity, size, sent, received, closed });
  }
}
