import { AsyncLocalStorage } from "node:async_hooks";
import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { isHeddleError } from "../error/base.js";
import { TimeoutError } from "../error/errors.js";
import { unpackError } from "../wire/error.js";
import { STREAM } from "../wire/layout.js";
import { STREAM_CREDIT, type StreamCommand, type StreamMessage } from "../wire/message.js";
import type { RunOptions } from "./options.js";
import type { Pool } from "./pool.js";
import { deadlineOf } from "./stop.js";
import { type ItemReader, Items, type Producer } from "./stream-items.js";

const direct = <T>(run: () => T): T => run();

/**
 * The items of an exported generator or async generator (or of any iterable that a function returns), made in a worker while they
 * are read here. Lazy: the task starts at the first `next`, and holds its worker until the stream ends, also while the reader is
 * slow: a reader that waits for other tasks of the same pool needs a pool with more threads than streams.
 *
 * - The generator runs at most 64 items ahead of the reader; then it is not asked for more.
 * - What the generator throws, and the death of its worker (WorkerDiedError), come after the items before it.
 * - `signal`, `timeout` (ms from the first `next`), `deadline` and `terminate()` reject at once and drop what was not read.
 *   `task().signal` aborts in the worker; a generator that has not ended after `grace` loses its worker.
 * - A reader that leaves ends the generator: its `finally` blocks run before `return` (and so `break`) resolves, for at most
 *   `grace` ms, and what they throw is thrown there.
 * - An item that cannot be cloned is a NotCloneableError that names it by number, the first being 1. `yield transfer(item, list)`
 *   moves an item.
 * - A stream keeps the process alive only while its reader waits.
 */
export function streamFrom(
  pool: Pool,
  name: string,
  args: readonly unknown[] = [],
  options: RunOptions = {},
): ItemReader {
  return new Streaming(pool, name, args, options).items;
}

class Streaming implements Producer {
  readonly items = new Items(this);
  readonly #pool: Pool;
  readonly #name: string;
  readonly #args: readonly unknown[];
  readonly #options: RunOptions;
  readonly #inside: <T>(run: () => T) => T;
  readonly #controller = new AbortController();
  #port: MessagePort | undefined;
  /** The generator has ended, or its worker is gone. */
  #over: Promise<void> | undefined;
  #setOver: () => void = () => undefined;
  #deadline: number | undefined;
  /** Items that were read since the worker was last told. */
  #owed = 0;
  #resting = false;
  #arrived = false;
  /** The call has settled: the worker may still be at it. */
  #settled = false;
  #left = false;
  #failed = false;
  #notClosed: { readonly error: unknown } | undefined;

  constructor(pool: Pool, name: string, args: readonly unknown[], options: RunOptions) {
    this.#pool = pool;
    this.#name = name;
    this.#args = args;
    this.#options = options;
    this.#inside = pool.settings.carry.length > 0 ? AsyncLocalStorage.snapshot() : direct;
  }

  begin(): void {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.on("message", (message: StreamMessage) => this.#receive(message));
    port1.unref();
    this.#over = new Promise((over) => {
      this.#setOver = over;
      port1.once("close", over);
    });
    this.#deadline = deadlineOf(this.#options);
    const { signal } = this.#options;
    const onAbort = () => this.#controller.abort(signal?.reason);
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener("abort", onAbort, { once: true });
    const options = {
      ...this.#options,
      signal: this.#controller.signal,
      transfer: [...(this.#options.transfer ?? []), port2],
    };
    this.#call([...this.#args, port2], options).then(
      () => this.#ended(onAbort, undefined),
      (error: unknown) => this.#ended(onAbort, { error }),
    );
  }

  took(): void {
    if (++this.#owed < STREAM_CREDIT / 2 || this.#settled) return;
    this.#tell({ type: "credit", count: this.#owed });
    this.#owed = 0;
  }

  waiting(waits: boolean): void {
    this.#rest(!waits && !this.#settled);
  }

  leave(): Promise<void> | undefined {
    const port = this.#port;
    if (this.#settled || port === undefined) return undefined;
    this.#left = true;
    if (!this.#arrived) {
      // Maybe it has not even begun: nobody would tell us that it ended.
      port.close();
      this.#controller.abort();
      return undefined;
    }
    this.#tell({ type: "stop" });
    this.#controller.abort();
    return this.#cleanedUp(port);
  }

  async #cleanedUp(port: MessagePort): Promise<void> {
    const timer = setTimeout(() => port.close(), this.#pool.settings.grace);
    await this.#over;
    clearTimeout(timer);
    port.close();
    if (this.#notClosed !== undefined) throw this.#notClosed.error;
  }

  /** `run` may throw at once for an option that it does not take. */
  async #call(args: readonly unknown[], options: RunOptions): Promise<void> {
    await this.#inside(() => this.#pool.run(this.#name, args, options, STREAM));
  }

  #tell(command: StreamCommand): void {
    this.#port?.postMessage(command);
  }

  #receive(message: StreamMessage): void {
    this.#arrived = true;
    if (message.type === "items") {
      this.items.push(message.items);
      return;
    }
    if (message.type === "over") {
      this.#setOver();
      return;
    }
    const failure = { error: unpackError(message.error) };
    if (message.type === "not-closed") {
      this.#notClosed = failure;
      return;
    }
    this.#failed = true;
    this.items.end(failure);
    // The generator may hang in a wait: from here on it has `grace` to end.
    this.#controller.abort();
  }

  #ended(onAbort: () => void, end: { readonly error: unknown } | undefined): void {
    this.#settled = true;
    this.#rest(false);
    this.#options.signal?.removeEventListener("abort", onAbort);
    if (this.#left && this.#arrived) return;
    const port = this.#port;
    const stopped = end === undefined || this.#failed ? undefined : this.#stoppedBy(end.error);
    if (stopped !== undefined) {
      this.items.abort(stopped);
    } else {
      // Items travel by another way than the end of the task, and were sent before it.
      for (;;) {
        const received: { message: StreamMessage } | undefined = port && receiveMessageOnPort(port);
        if (received === undefined) break;
        this.#receive(received.message);
      }
      this.items.end(end ?? {});
    }
    port?.close();
  }

  /** The error of the caller or the clock, if one of them ended the call and not the generator. */
  #stoppedBy(error: unknown): unknown {
    if (this.#controller.signal.aborted) return error;
    if (isHeddleError(error, "CLOSED") && this.#pool.engine.closed) return error;
    const deadline = this.#deadline;
    if (deadline === undefined || Date.now() < deadline) return undefined;
    // The worker's clock may be the first to tell the generator, and what it throws then may be the first to arrive.
    return new TimeoutError(deadline, this.#name, this.#options.timeout);
  }

  #rest(rests: boolean): void {
    if (rests === this.#resting) return;
    this.#resting = rests;
    this.#pool.engine.rest(rests ? 1 : -1);
  }
}
