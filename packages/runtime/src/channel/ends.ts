import type { WaitOptions } from "../group/wait.js";
import type { ChannelCore } from "./core.js";
import { Iteration } from "./iterator.js";
import type { Channel, ChannelIterator, ChannelStats, Receiver, Sender } from "./types.js";

let coreOf: <T>(end: ChannelEnd<T>) => ChannelCore<T>;

/**
 * What users hold of a channel: objects that can do what their type says and no more, also at run time.
 * An end is one object with one field; that it is not the core itself costs a call that is inlined.
 */
abstract class ChannelEnd<T> {
  readonly #core: ChannelCore<T>;

  static {
    coreOf = (end) => end.#core;
  }

  constructor(core: ChannelCore<T>) {
    this.#core = core;
  }

  get name(): string {
    return this.#core.name;
  }

  get capacity(): number {
    return this.#core.capacity;
  }

  get size(): number {
    return this.#core.ring.size;
  }

  get closed(): boolean {
    return this.#core.closed;
  }

  stats(): ChannelStats {
    return this.#core.stats();
  }
}

export class SendEnd<T> extends ChannelEnd<T> implements Sender<T> {
  send(item: T, options?: WaitOptions): Promise<void> {
    return coreOf<T>(this).send(item, options);
  }

  trySend(item: T): boolean {
    return coreOf<T>(this).trySend(item);
  }

  close(error?: unknown): void {
    coreOf<T>(this).close(error);
  }
}

export class ReceiveEnd<T> extends ChannelEnd<T> implements Receiver<T> {
  receive(options?: WaitOptions): Promise<IteratorResult<T, undefined>> {
    return coreOf<T>(this).receive(options);
  }

  tryReceive(): IteratorResult<T, undefined> | undefined {
    return coreOf<T>(this).tryReceive();
  }

  receiveMany(max: number, options?: WaitOptions): Promise<T[]> {
    return coreOf<T>(this).receiveMany(max, options);
  }

  [Symbol.asyncIterator](): ChannelIterator<T> {
    return new Iteration(coreOf<T>(this));
  }
}

export class BothEnds<T> extends ReceiveEnd<T> implements Channel<T> {
  #sender: Sender<T> | undefined;
  #receiver: Receiver<T> | undefined;

  get sender(): Sender<T> {
    this.#sender ??= new SendEnd(coreOf<T>(this));
    return this.#sender;
  }

  get receiver(): Receiver<T> {
    this.#receiver ??= new ReceiveEnd(coreOf<T>(this));
    return this.#receiver;
  }

  send(item: T, options?: WaitOptions): Promise<void> {
    return coreOf<T>(this).send(item, options);
  }

  trySend(item: T): boolean {
    return coreOf<T>(this).trySend(item);
  }

  close(error?: unknown): void {
    coreOf<T>(this).close(error);
  }
}

/** The core behind an end that items come out of, for `select`; `undefined` for anything else. */
export function coreToReceive<T>(end: Receiver<T>): ChannelCore<T> | undefined {
  return end instanceof ReceiveEnd ? coreOf<T>(end) : undefined;
}

/** The core behind an end that items go into. */
export function coreToSend<T>(end: Sender<T>): ChannelCore<T> | undefined {
  return end instanceof SendEnd || end instanceof BothEnds ? coreOf<T>(end) : undefined;
}
