import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import { packError, unpackError } from "../wire/error.js";
import type { Message, Start } from "../wire/message.js";
import { ownArgs } from "../wire/own-bytes.js";
import type { Call } from "./call.js";
import type { Lane } from "./lane.js";
import { threadFlags } from "./thread-flags.js";

const FLAGS = threadFlags(process.execArgv);

/** How a thread starts. */
export interface ThreadOptions {
  readonly buffer: SharedArrayBuffer;
  readonly arena: SharedArrayBuffer;
  readonly threads: number;
  readonly module: string;
  readonly name: string;
  readonly nice: number;
  readonly afterTasks: number;
  readonly heapAbove: number;
  readonly resourceLimits: import("node:worker_threads").ResourceLimits | undefined;
}

/** What a thread reports. */
export interface ThreadEvents {
  ready(thread: Thread, names: readonly string[]): void;
  loadFailed(thread: Thread, error: unknown): void;
  /** It takes no more tasks. */
  stopped(thread: Thread): void;
  began(thread: Thread, entry: number, startedMs: number): void;
  progress(entry: number, value: unknown): void;
  result(call: Call, message: Message, startedMs: number, runNs: number): void;
  /** The thread is gone. `error` is what its code threw outside of a task, if that is why. */
  gone(thread: Thread, exitCode: number, error: unknown): void;
}

/** One worker thread, seen from the host. */
export class Thread implements Lane {
  readonly index: number;
  /** Kept: Node forgets it when the thread ends. */
  readonly threadId: number;
  /** "condemned": told to end by force; its cells are its own until it is gone. */
  state: "loading" | "ready" | "stopping" | "condemned" | "gone" = "loading";
  /** Tasks that ended in this thread. */
  tasks = 0;
  readonly startedAt = performance.now();
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #events: ThreadEvents;
  readonly #results = new Map<number, Message>();
  #error: unknown;

  constructor(index: number, options: ThreadOptions, events: ThreadEvents) {
    this.index = index;
    this.#events = events;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const start: Start = {
      buffer: options.buffer,
      arena: options.arena,
      threads: options.threads,
      index,
      module: options.module,
      port: port2,
      nice: options.nice,
      afterTasks: options.afterTasks,
      heapAbove: options.heapAbove,
      pool: options.name,
    };
    this.#worker = new Worker(new URL("../worker/main.js", import.meta.url), {
      workerData: start,
      transferList: [port2],
      name: `${options.name} ${index}`,
      ...(FLAGS === undefined ? {} : { execArgv: FLAGS }),
      ...(options.resourceLimits === undefined ? {} : { resourceLimits: options.resourceLimits }),
    });
    this.threadId = this.#worker.threadId;
    this.#worker.unref();
    this.#worker.on("error", (error) => {
      this.#error ??= error;
    });
    this.#worker.on("exit", (code) => {
      this.receive();
      this.#port.close();
      events.gone(this, code, this.#error);
      this.state = "gone";
    });
  }

  get loaded(): boolean {
    return this.state === "ready";
  }

  get accepts(): boolean {
    return this.state === "loading" || this.state === "ready";
  }

  /** How long its event loop was idle and active so far, in ms; zeros until it runs. It need not be free to answer. */
  loopUse(): { readonly idle: number; readonly active: number } {
    return this.#worker.performance.eventLoopUtilization();
  }

  post(call: Call): void {
    this.#port.postMessage(
      { type: "call", entry: call.entry, args: ownArgs(call.args, call.transferList) },
      call.transferList,
    );
  }

  receive(): void {
    for (;;) {
      const received: { message: Message } | undefined = receiveMessageOnPort(this.#port);
      if (received === undefined) return;
      this.#take(received.message);
    }
  }

  #take(message: Message): void {
    switch (message.type) {
      case "ready":
        if (this.state === "loading") this.state = "ready";
        this.#events.ready(this, message.names);
        return;
      case "load-failed":
        this.#events.loadFailed(this, unpackError(message.error));
        return;
      case "stopped":
        this.#events.stopped(this);
        return;
      case "started":
        this.#events.began(this, message.entry, message.startedMs);
        return;
      case "progress":
        this.#events.progress(message.entry, message.value);
        return;
      default:
        this.#results.set(message.entry, message);
    }
  }

  settleByMessage(call: Call, startedMs: number, runNs: number): void {
    const { entry } = call;
    const message = this.#results.get(entry) ?? { type: "error", entry, error: packError(noMessage(call)) };
    this.#results.delete(entry);
    this.#events.result(call, message, startedMs, runNs);
  }

  /** Ends the thread now. Code in a native call cannot be interrupted: then it is gone only when that returns. */
  async terminate(): Promise<void> {
    if (this.state !== "gone") this.state = "condemned";
    await this.#worker.terminate();
  }
}

/** Nobody knows how this can happen; if it does, one call fails and not the host. */
function noMessage(call: Call): Error {
  return new Error(`this is a bug in Heddle: ${call.name} ended without its message`);
}
