import type { RunOptions } from "./options.js";
import type { PoolStats } from "./stats.js";
import type { Calls, RunParameters, TaskName, TaskResult, UntypedModule } from "./types.js";

/** A set of worker threads that run the exported functions of one module. */
export interface TaskPool<M = UntypedModule> extends AsyncDisposable {
  readonly name: string;
  /**
   * Runs `name(...args)` in a worker; a free one has it before this returns. Settles exactly once: with what the task
   * returned, rejected with what it threw, or with `CancelError` (its signal), `TimeoutError`, `QueueFullError`,
   * `NotCloneableError` (which argument), `WorkerDiedError`, `TaskLoadError` (the name, or the module) or `ClosedError`.
   */
  run<K extends TaskName<M>>(
    name: K,
    ...parameters: RunParameters<M, K, RunOptions>
  ): Promise<TaskResult<M, K>>;
  /** `call.f(...args)` is `run("f", args)`. */
  readonly call: Calls<M>;
  /** What the pool does now and has done so far. */
  stats(): PoolStats;
  /** Takes no more calls; resolves when all that were made have ended and the threads are gone. */
  close(): Promise<void>;
  /** Rejects what is pending with `ClosedError` and ends the threads now. */
  terminate(): Promise<void>;
  /** `close()`. */
  [Symbol.asyncDispose](): Promise<void>;
}
