import type { RunOptions } from "./options.js";

/** One call of a task: which, with what, and until when. The same wherever it runs. */
export interface ExecutorCall extends RunOptions {
  /** The name of the function. */
  readonly name: string;
  readonly args?: readonly unknown[];
}

/** What a caller may rely on, beyond what all executors promise. */
export interface ExecutorTraits {
  /** A task that blocks, exits or exhausts its memory does not take the caller with it. */
  readonly isolated: boolean;
  /** Tasks compute at the same time as the caller and as each other. */
  readonly parallel: boolean;
  /** "cooperative": a cancelled task runs on until it ends by itself. "forced": it is ended after a while. */
  readonly cancel: "cooperative" | "forced";
}

/** Counts since the executor was made. */
export interface ExecutorStats {
  /** Calls that have not settled. */
  readonly running: number;
  readonly completed: number;
  readonly failed: number;
  /** Calls that were cancelled or whose time was up. */
  readonly stopped: number;
}

/**
 * The seam between a call and the place where it runs.
 *
 * Each call settles exactly once. Arguments and results are copied, or moved where the call says so: nothing is shared but
 * SharedArrayBuffers. What a task throws arrives as a new error with the same class name, message, own properties and cause.
 * `signal`, `timeout` and `deadline` answer the caller at once (`CancelError`, `TimeoutError`), also before the call has begun;
 * the task sees them in `task().signal`. An unknown name is a `TaskLoadError`, a value that cannot be copied a
 * `NotCloneableError`. After disposal calls reject with `ClosedError`; disposal waits for those under way.
 *
 * Policies (a timeout for all, retries, a limit) are layers around an executor, never options of one.
 */
export interface Executor extends AsyncDisposable {
  readonly name: string;
  readonly traits: ExecutorTraits;
  execute(call: ExecutorCall): Promise<unknown>;
  stats(): ExecutorStats;
}
