import type { MapOptions } from "./map.js";
import type { RunOptions } from "./options.js";
import type { PoolStats } from "./stats.js";
import type {
  Calls,
  RunParameters,
  Sendable,
  StreamItem,
  StreamName,
  TaskItem,
  TaskName,
  TaskResult,
  UntypedModule,
} from "./types.js";

/** Results or items as they come. `return()` (and so `break`) ends what makes them. */
export interface TaskStream<T> extends AsyncIterableIterator<T>, AsyncDisposable {}

/** A set of worker threads that run the exported functions of one module. */
export interface TaskPool<M = UntypedModule> extends AsyncDisposable {
  readonly name: string;
  /**
   * Runs `name(...args)` in a worker; a free one has it before this returns. Settles exactly once: with what the task
   * returned, rejected with what it threw, or with `CancelError` (its signal), `TimeoutError`, `QueueFullError`,
   * `NotCloneableError` (which argument), `WorkerDiedError`, `TaskLoadError` (the name, or the module), `ClosedError` or
   * `BadOptionError`.
   */
  run<K extends TaskName<M>>(
    name: K & Sendable<M, K>,
    ...parameters: RunParameters<M, K, RunOptions>
  ): Promise<TaskResult<M, K>>;
  /** `call.f(...args)` is `run("f", args)`. */
  readonly call: Calls<M>;
  /**
   * Runs `name(item)` for each item, in chunks of 1 to 2 ms of work, and gives the results in the order of the items. At most
   * two chunks per worker are under way; no more items are taken than that. The first failure ends it and is thrown.
   */
  map<K extends TaskName<M>>(
    name: K & Sendable<M, K>,
    items: Iterable<TaskItem<M, K>> | AsyncIterable<TaskItem<M, K>>,
    options?: MapOptions,
  ): TaskStream<TaskResult<M, K>>;
  /**
   * The items of an exported (async) generator, made in a worker while they are read here, at most 64 ahead. It starts
   * with the first `next`. Rejects like `run`, after the items before; a cancel, a deadline and `terminate()` at once. An
   * option that it does not know is thrown here and now.
   */
  stream<K extends StreamName<M>>(
    name: K & Sendable<M, K>,
    ...parameters: RunParameters<M, K, RunOptions>
  ): TaskStream<StreamItem<M, K>>;
  /** What the pool does now and has done so far. */
  stats(): PoolStats;
  /**
   * Resolves when `threads.min` threads (at least one) have loaded the module, so that no call has to wait for that. Rejects
   * with `TaskLoadError` when it cannot be loaded, with `ClosedError` when the pool is closed before.
   */
  ready(): Promise<void>;
  /** Takes no more calls; resolves when all that were made have ended and the threads are gone. */
  close(): Promise<void>;
  /** Rejects what is pending with `ClosedError` and ends the threads now. */
  terminate(): Promise<void>;
  /** `close()`. */
  [Symbol.asyncDispose](): Promise<void>;
}
