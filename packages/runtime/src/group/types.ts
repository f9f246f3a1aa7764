/** queued: behind the group's `limit`. The last three are final. */
export type TaskState = "queued" | "running" | "done" | "failed" | "cancelled";

/**
 * One call of a function that a group was asked to run. Awaiting it gives its own outcome. It has the methods of a promise and
 * makes one only when they are called; one that fails unawaited fails its group instead of being an unhandled rejection.
 */
export interface Task<T> extends Promise<T> {
  readonly id: number;
  /** As given to `spawn`; else that of its function while reports are on, or its number. */
  readonly name: string;
  readonly state: TaskState;
  /** Aborted when this task or its group is cancelled. Made when first read. */
  readonly signal: AbortSignal;
  /** Cancels this task alone; no failure of the group. A task that ended stays as it is. */
  cancel(reason?: unknown): void;
}

export interface Backoff {
  /** The first delay in milliseconds. Default 100. */
  readonly initial?: number | undefined;
  /** Each delay is this much longer than the one before. Default 2. */
  readonly factor?: number | undefined;
  /** No delay is longer than this many milliseconds. Default 30,000. */
  readonly max?: number | undefined;
  /** Share of a delay that chance may take away, 0 to 1; `true` is 1. Default 0. */
  readonly jitter?: number | boolean | undefined;
}

export interface SpawnOptions {
  readonly name?: string | undefined;
  /** "on-failure": run it again when it throws, after a pause. Cancelling ends it. Default: never. */
  readonly restart?: "never" | "on-failure" | undefined;
  /** The pauses between runs; they begin anew after a run that lasted longer than the longest pause. */
  readonly backoff?: Backoff | undefined;
  /** How often at most it is run again before its failure counts. Default: without end. */
  readonly restarts?: number | undefined;
}

export interface GroupOptions {
  readonly name?: string | undefined;
  /** Milliseconds until the deadline. */
  readonly timeout?: number | undefined;
  /** Epoch milliseconds. With `timeout` or an outer deadline, the earliest counts. */
  readonly deadline?: number | undefined;
  /** How many tasks run at once; the others queue in the order of their spawning. */
  readonly limit?: number | undefined;
  /** Cancels the group when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** "cancel" (default): the first failure cancels the siblings. "collect": the siblings finish. */
  readonly onError?: "cancel" | "collect" | undefined;
  /** A task that still runs so many milliseconds after it was cancelled is reported. Default 5,000; reports must be on. */
  readonly warnAfter?: number | undefined;
}

/** Numbers of one group. All but `running` and `waiting` only grow. */
export interface GroupStats {
  readonly name: string;
  readonly state: "open" | "cancelled" | "ended";
  readonly running: number;
  /** Behind `limit`. */
  readonly waiting: number;
  readonly spawned: number;
  readonly completed: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly restarted: number;
}

export interface Group {
  readonly name: string;
  /** Aborted when the group is cancelled. Made when first read: a group whose signal nobody reads has no AbortController. */
  readonly signal: AbortSignal;
  /** The effective deadline in epoch milliseconds: the earliest of its own and those outside. */
  readonly deadline: number | undefined;
  /** Tasks that have not ended. */
  readonly size: number;
  /**
   * Runs `fn` in this group, at once unless `limit` tasks run already. If it throws, the group fails, awaited or not. In a
   * cancelled group the task is cancelled already and never starts; in a group that has ended this throws ClosedError.
   */
  spawn<T>(fn: (self: Task<unknown>) => T | PromiseLike<T>, options?: SpawnOptions): Task<T>;
  /** Cancels all that runs in the group, its body too. The first reason stays. */
  cancel(reason?: unknown): void;
  stats(): GroupStats;
}

/** A group without a body: its block ends it. */
export interface OpenGroup extends Group, AsyncDisposable {
  /** Waits for all tasks and ends the group; rejects as `group` would. */
  join(): Promise<void>;
}
