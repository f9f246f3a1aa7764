import type { TaskContext } from "../wire/context.js";
import { TaskSignal } from "../wire/task-signal.js";
import { type TimedCall, whenStopped } from "./executor-stop.js";

const NOTHING = Object.freeze({});

/** One call on the loop: what its task sees of it, and what ends it before its task does. */
export class InlineTask {
  /** Rejects when the call is cancelled or its time is up; never settles otherwise. */
  readonly stopped: Promise<never>;
  readonly context: TaskContext;
  readonly #off: () => void;
  readonly #deadline: number | undefined;
  #signal: TaskSignal | undefined;
  #cancelled = false;
  #isOver = false;
  #answered = false;

  constructor(call: TimedCall, onStop: () => void) {
    let reject: (error: Error) => void = () => undefined;
    this.stopped = new Promise<never>((_, rejected) => {
      reject = rejected;
    });
    this.stopped.catch(() => undefined); // nobody may be waiting any more
    this.#deadline = call.deadline;
    this.#off = whenStopped(call, (error) => {
      this.#cancelled = error.code === "CANCELLED";
      onStop();
      reject(error);
      this.#signal?.look();
    });
    const signal = () => this.#lookedAt();
    this.context = {
      get signal() {
        return signal();
      },
      deadline: call.deadline,
      carried: NOTHING,
      progress: (value) => this.#progress(call, value),
    };
  }

  /** The caller has its answer. */
  end(): void {
    this.#answered = true;
    this.#off();
  }

  /** The task has ended. */
  over(): void {
    this.#isOver = true;
    this.#signal?.over();
  }

  #lookedAt(): AbortSignal {
    this.#signal ??= new TaskSignal(() => !this.#isOver && this.#cancelled, this.#deadline);
    return this.#signal.signal;
  }

  /** As from a thread: a copy, later, and only as long as the caller waits. */
  #progress({ onProgress }: TimedCall, value: unknown): void {
    if (onProgress === undefined || this.#isOver) return;
    const copy: unknown = structuredClone(value);
    queueMicrotask(() => {
      if (!this.#answered) onProgress(copy);
    });
  }
}
