import { BadOptionError } from "../error/errors.js";
import { checkOptions, isCount, type Rules, TEXT } from "../error/options.js";
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
  if (capacity !== 0 && !isCount(capacity)) {
    throw new BadOptionError("capacity", capacity, "an integer from 0 up, or Infinity");
  }
  return new BothEnds(new ChannelCore<T>(capacity, nameOf(options)));
}

const CHANNEL: Rules<ChannelOptions> = { name: TEXT };

export function nameOf(options: ChannelOptions = {}): string | undefined {
  checkOptions(options, CHANNEL);
  return options.name;
}
