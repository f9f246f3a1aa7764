import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { NotCloneableError, TaskLoadError } from "../error/errors.js";
import { packError } from "../wire/error.js";
import { STREAM_CREDIT, type StreamCommand, type StreamMessage } from "../wire/message.js";
import { ownBytes } from "../wire/own-bytes.js";
import { Moved } from "../wire/transfer.js";

/** A full batch: half of the credit, so that the reader empties one while the next is filled. */
const BATCH = STREAM_CREDIT / 2;
/** Longest time an item may wait for company, in milliseconds. */
const HOLD_MS = 1;
/** A generator that never waits still gives the event loop a turn this often. */
const SLICE_MS = 10;

type AnyIterator = Iterator<unknown> | AsyncIterator<unknown>;

/**
 * Drives what a task returned as a stream and sends its items through `port`, until it ends, throws, is cancelled or its reader
 * leaves. Then the iterator has been closed. What the iterator throws is thrown here; what its cleanup throws after a stop is
 * sent to the reader that left.
 * @throws TaskLoadError when what the task returned cannot be iterated.
 */
export async function streamOut(
  name: string,
  started: () => unknown,
  port: MessagePort,
  cancelled: () => boolean,
): Promise<void> {
  const outflow = new Outflow(name, port, cancelled);
  try {
    const made = started();
    await outflow.drive(iteratorOf(name, isThenable(made) ? await made : made));
  } finally {
    outflow.flush();
    // The other side would learn of the close only when this thread's event loop gets a turn, and it may block first.
    port.postMessage({ type: "over" } satisfies StreamMessage);
    port.close();
  }
}

function iteratorOf(name: string, made: unknown): AnyIterator {
  if (typeof made === "object" && made !== null) {
    if (isAsyncIterable(made)) return made[Symbol.asyncIterator]();
    if (isIterable(made)) return made[Symbol.iterator]();
  }
  const got = made === null ? "null" : typeof made;
  throw new TaskLoadError(
    `${name} cannot be streamed: it returned ${got}; stream takes a function* or async function*, or a function that returns an iterable; call it with run`,
  );
}

function isAsyncIterable(made: object): made is AsyncIterable<unknown> {
  return typeof (made as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === "function";
}

function isIterable(made: object): made is Iterable<unknown> {
  return typeof (made as Partial<Iterable<unknown>>)[Symbol.iterator] === "function";
}

class Outflow {
  readonly #name: string;
  readonly #port: MessagePort;
  readonly #cancelled: () => boolean;
  #credit = STREAM_CREDIT;
  #stopped = false;
  #batch: unknown[] = [];
  /** Items that the reader got or will get. */
  #sent = 0;
  #flushedAt = Number.NEGATIVE_INFINITY;
  #flushSoon = false;
  /** How long the slowest of the latest items took, in ms: an item must not wait for one like it. */
  #slowest = 0;
  /** When the iterator was asked for the item that it makes now, about. */
  #asked = performance.now();
  #turnedAt = this.#asked;
  #wake: () => void = () => undefined;

  constructor(name: string, port: MessagePort, cancelled: () => boolean) {
    this.#name = name;
    this.#port = port;
    this.#cancelled = cancelled;
    port.on("message", (command: StreamCommand) => {
      this.#obey(command);
      this.#wake();
    });
    port.on("close", () => {
      this.#stopped = true;
      this.#wake();
    });
  }

  async drive(iterator: AnyIterator): Promise<void> {
    while (!this.#mustStop()) {
      if (this.#credit === 0) {
        this.flush();
        if (!this.#stopped && !this.#receive()) await this.#command();
        this.#asked = performance.now();
        continue;
      }
      if (this.#asked - this.#turnedAt > SLICE_MS) await this.#turn();
      let step = iterator.next();
      if (isThenable(step)) step = await this.#awaited(step);
      if (step.done === true) return;
      const item: unknown = isThenable(step.value) ? await this.#awaited(step.value) : step.value;
      this.#credit--;
      this.#add(item);
    }
    await this.#close(iterator);
  }

  /** Sends what has gathered. An item that cannot be sent ends the stream. */
  flush(): void {
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    this.#flushedAt = performance.now();
    if (this.#post(batch) === undefined) return;
    // One of them cannot be sent: those before it are.
    for (const item of batch) {
      const why = this.#post([item]);
      if (why === undefined) continue;
      this.#stopped = true;
      this.#tell("failed", new NotCloneableError(`item ${this.#sent + 1}`, this.#name, why));
      return;
    }
  }

  #mustStop(): boolean {
    this.#stopped ||= this.#cancelled();
    return this.#stopped;
  }

  #add(item: unknown): void {
    this.#batch.push(item);
    const now = performance.now();
    this.#slowest = Math.max(now - this.#asked, this.#slowest * 0.9);
    this.#asked = now;
    if (this.#batch.length >= BATCH || now - this.#flushedAt + this.#slowest >= HOLD_MS) this.flush();
  }

  /** Waits for the iterator. If that takes longer than the microtasks of this turn, what has gathered is sent meanwhile. */
  async #awaited<T>(pending: PromiseLike<T>): Promise<T> {
    if (!this.#flushSoon && this.#batch.length > 0) {
      this.#flushSoon = true;
      setImmediate(() => {
        this.#flushSoon = false;
        this.flush();
      });
    }
    return await pending;
  }

  async #turn(): Promise<void> {
    this.flush();
    await new Promise((turned) => setImmediate(turned));
    this.#turnedAt = performance.now();
    this.#asked = this.#turnedAt;
  }

  /** Obeys what has come without giving up the thread. True when something had. */
  #receive(): boolean {
    const received: { message: StreamCommand } | undefined = receiveMessageOnPort(this.#port);
    if (received === undefined) return false;
    this.#obey(received.message);
    return true;
  }

  async #command(): Promise<void> {
    await new Promise<void>((wake) => {
      this.#wake = wake;
    });
    this.#turnedAt = performance.now();
  }

  #obey(command: StreamCommand): void {
    if (command.type === "credit") this.#credit += command.count;
    else this.#stopped = true;
  }

  async #close(iterator: AnyIterator): Promise<void> {
    try {
      await iterator.return?.();
    } catch (error) {
      this.#tell("not-closed", error);
    }
  }

  #tell(type: "failed" | "not-closed", error: unknown): void {
    this.#port.postMessage({ type, error: packError(error) } satisfies StreamMessage);
  }

  /** Why it could not be sent, or undefined. */
  #post(batch: readonly unknown[]): string | undefined {
    const moved = batch.flatMap((item) => (item instanceof Moved ? item.list : []));
    const items = batch.map((item: unknown) =>
      item instanceof Moved ? (item.value as unknown) : ownBytes(item),
    );
    try {
      this.#port.postMessage({ type: "items", items } satisfies StreamMessage, moved);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    this.#sent += batch.length;
    return undefined;
  }
}

function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  );
}
