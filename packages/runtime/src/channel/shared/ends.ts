import { BadOptionError } from "../../error/errors.js";
import { ReceiveEnd, SendEnd } from "../ends.js";
import type { ChannelStats, Receiver, Sender } from "../types.js";
import { OPEN, type SharedMemory, view } from "./layout.js";
import { ReceiveCore } from "./receive-core.js";
import { SendCore } from "./send-core.js";
import { closedState } from "./state.js";

/** What of an end arrives in another thread: plain data. `openSender` makes an end of it again. */
export interface SenderHandle<in T> {
  readonly kind: "sender";
  readonly memory: SharedArrayBuffer;
  readonly channel: string;
  /** Never there: it lets the compiler tell what may be sent. */
  readonly sends?: ((item: T) => void) | undefined;
}

export interface ReceiverHandle<out T> {
  readonly kind: "receiver";
  readonly memory: SharedArrayBuffer;
  readonly channel: string;
  readonly receives?: (() => T) | undefined;
}

/**
 * The sending end of a channel between threads. It can be an argument of a pool task, which gets it as a handle. Items are copied when
 * they enter the channel, as structuredClone would; one that cannot be rejects with NotCloneableError. `using` gives the end free
 * for another thread.
 */
export interface SharedSender<in T> extends Sender<T>, SenderHandle<T>, Disposable {}

/** The receiving end of a channel between threads. */
export interface SharedReceiver<out T> extends Receiver<T>, ReceiverHandle<T>, Disposable {}

/**
 * Makes a sending end of what came from another thread. The first that sends has the sending side to itself, until it is disposed of;
 * another one is refused with BadOptionError. @throws BadOptionError if it is no such handle.
 */
export function openSender<T>(handle: SenderHandle<T>): SharedSender<T> {
  if (handle instanceof SharedSendEnd) return handle as SharedSendEnd<T>;
  return new SharedSendEnd<T>(memoryOf(handle, "sender"), handle.memory, handle.channel);
}

/** Makes a receiving end of what came from another thread, as `openSender` does. */
export function openReceiver<T>(handle: ReceiverHandle<T>): SharedReceiver<T> {
  if (handle instanceof SharedReceiveEnd) return handle as SharedReceiveEnd<T>;
  return new SharedReceiveEnd<T>(memoryOf(handle, "receiver"), handle.memory, handle.channel);
}

function memoryOf(
  handle: SenderHandle<never> | ReceiverHandle<unknown>,
  kind: "sender" | "receiver",
): SharedMemory {
  const memory = handle?.kind === kind ? view(handle.memory) : undefined;
  if (memory === undefined)
    throw new BadOptionError("the handle", handle, `the ${kind} of a sharedChannel()`);
  return memory;
}

/** Its own enumerable properties are the handle: they are what structuredClone copies. */
export class SharedSendEnd<T> extends SendEnd<T> implements SharedSender<T> {
  readonly kind = "sender";
  readonly memory: SharedArrayBuffer;
  readonly channel: string;
  readonly #core: SendCore<T>;
  readonly #view: SharedMemory;

  constructor(memory: SharedMemory, shared: SharedArrayBuffer, channel: string) {
    const core = new SendCore<T>(memory, channel, `channel ${JSON.stringify(channel)}`);
    super(core);
    this.#core = core;
    this.#view = memory;
    this.memory = shared;
    this.channel = channel;
  }

  /** Wherever it was closed. */
  override get closed(): boolean {
    return closedState(this.#view) !== OPEN;
  }

  /** `sent` and `received` count what went through this end. */
  override stats(): ChannelStats {
    return Object.freeze({ ...this.#core.stats(), closed: this.closed });
  }

  [Symbol.dispose](): void {
    this.#core.release();
  }
}

export class SharedReceiveEnd<T> extends ReceiveEnd<T> implements SharedReceiver<T> {
  readonly kind = "receiver";
  readonly memory: SharedArrayBuffer;
  readonly channel: string;
  readonly #core: ReceiveCore<T>;
  readonly #view: SharedMemory;

  constructor(memory: SharedMemory, shared: SharedArrayBuffer, channel: string) {
    const core = new ReceiveCore<T>(memory, channel, `channel ${JSON.stringify(channel)}`);
    super(core);
    this.#core = core;
    this.#view = memory;
    this.memory = shared;
    this.channel = channel;
  }

  /** Wherever it was closed. */
  override get closed(): boolean {
    return closedState(this.#view) !== OPEN;
  }

  /** `sent` and `received` count what went through this end. */
  override stats(): ChannelStats {
    return Object.freeze({ ...this.#core.stats(), closed: this.closed });
  }

  [Symbol.dispose](): void {
    this.#core.release();
  }
}
