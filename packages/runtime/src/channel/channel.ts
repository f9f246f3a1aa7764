import { BadOptionError } from "../error/errors.js";
import { ChannelCore } from "./core.js";
import { BothEnds } from "./ends.js";
import type { Channel, ChannelOptions } from "./types.js";

/**
 * A pipe between tasks that holds at most `capacity` items; with 0, each item passes from hand to hand.
 * `send` waits while it is full and `receive` while it is empty, both in the order in which they came. Every wait ends at once, and
 * leaves nothing behind, when its group is cancelled, its `signal` aborts or its `timeout` passes.
 *
 * @throws BadOptionError if the capacity is no whole number from 0 up, or Infinity.
 */
export function channel<T>(capacity: number, options?: ChannelOptions): Channel<T> {
  if (!(capacity >= 0) || (capacity !== Number.POSITIVE_INFINITY && !Number.isSafeInteger(capacity))) {
    throw new BadOptionError("capacity", capacity, "a whole number of items from 0 up, or Infinity");
  }
  return new BothEnds(new ChannelCore<T>(capacity, nameOf(options)));
}

export function nameOf(options: ChannelOptions | undefined): string | undefined {
  const name = options?.name;
  if (name !== undefined && typeof name !== "string") throw new BadOptionError("name", name, "a string");
  return name;
}
