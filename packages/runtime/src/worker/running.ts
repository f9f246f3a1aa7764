import type { TaskContext } from "../wire/context.js";
import { CANCEL, cellOf, DEADLINE, HEADER, type Shared, TIMED, WATCHED } from "../wire/layout.js";
import { TaskSignal } from "../wire/task-signal.js";
import type { Outbox } from "./outbox.js";

const NOTHING: Readonly<Record<string, unknown>> = Object.freeze({});

/** The task that runs in this thread, as the task itself sees it. Made only when it looks. */
export class Running {
  readonly #shared: Shared;
  readonly #outbox: Outbox;
  #context: RunningTask | undefined;
  #watch: () => void = () => undefined;
  #kind = 0;
  /** The ring entry of the running task; -1 when none runs. */
  entry = -1;
  carried: Readonly<Record<string, unknown>> = NOTHING;

  constructor(shared: Shared, outbox: Outbox) {
    this.#shared = shared;
    this.#outbox = outbox;
  }

  /** `watch` is called when a task begins to care about its cancellation while it waits. */
  onWatch(watch: () => void): void {
    this.#watch = watch;
  }

  begin(entry: number, kind: number): void {
    this.entry = entry;
    this.#kind = kind;
  }

  end(): void {
    this.entry = -1;
    if (this.#context !== undefined) {
      this.#context.over();
      this.#context = undefined;
    }
    this.carried = NOTHING;
  }

  context(): TaskContext | undefined {
    if (this.entry < 0) return undefined;
    this.#context ??= new RunningTask(
      this.#shared,
      this.#outbox,
      this.entry,
      this.#kind,
      this.carried,
      this.#watch,
    );
    return this.#context;
  }

  /** Passes a cancel on to whoever listens. */
  look(): void {
    this.#context?.look();
  }
}

class RunningTask implements TaskContext {
  readonly deadline: number | undefined;
  readonly carried: Readonly<Record<string, unknown>>;
  readonly #outbox: Outbox;
  readonly #entry: number;
  readonly #watched: boolean;
  readonly #cancelled: () => boolean;
  readonly #watch: () => void;
  #signal: TaskSignal | undefined;
  #over = false;

  constructor(
    shared: Shared,
    outbox: Outbox,
    entry: number,
    kind: number,
    carried: Readonly<Record<string, unknown>>,
    watch: () => void,
  ) {
    const header = cellOf(entry) * HEADER;
    this.#outbox = outbox;
    this.#entry = entry;
    this.#watched = (kind & WATCHED) !== 0;
    this.#watch = watch;
    this.carried = carried;
    this.deadline = (kind & TIMED) === 0 ? undefined : shared.numbers[header / 2 + DEADLINE];
    this.#cancelled = () => Atomics.load(shared.cells, header + CANCEL) !== 0;
  }

  get signal(): AbortSignal {
    if (this.#signal === undefined) {
      this.#signal = new TaskSignal(() => !this.#over && this.#cancelled(), this.deadline);
      if (!this.#over) this.#watch();
    }
    return this.#signal.signal;
  }

  progress(value: unknown): void {
    // A late progress of a task that has ended would reach the caller of another one.
    if (this.#watched && !this.#over) this.#outbox.tell({ type: "progress", entry: this.#entry, value });
  }

  look(): void {
    this.#signal?.look();
  }

  over(): void {
    this.#over = true;
    this.#signal?.over();
  }
}
