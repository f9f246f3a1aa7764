import { HeddleError } from "./base.js";

/** The wait or the task was cancelled. `reason` is what was given to `cancel` or the signal's reason. */
export class CancelError extends HeddleError {
  readonly reason: unknown;

  constructor(reason: unknown, what = "the task") {
    super(
      "CANCELLED",
      `${what} was cancelled${because(reason)}`,
      reason instanceof Error ? { cause: reason } : undefined,
    );
    this.reason = reason;
  }
}

function because(reason: unknown): string {
  if (reason === undefined) return "";
  if (reason instanceof Error) return `: ${reason.message}`;
  return typeof reason === "object" ? "" : `: ${String(reason)}`;
}

/** A deadline passed. `deadline` is the moment, in epoch milliseconds. */
export class TimeoutError extends HeddleError {
  readonly deadline: number;

  constructor(deadline: number, what = "the task", timeout?: number) {
    super(
      "TIMEOUT",
      timeout === undefined
        ? `${what} did not end before its deadline`
        : `${what} did not end within ${timeout} ms`,
    );
    this.deadline = deadline;
  }
}

/** A send to a channel that was closed. `cause` is the error given to `close`, if one was. */
export class ChannelClosedError extends HeddleError {
  constructor(name = "channel", options?: ErrorOptions) {
    super("CHANNEL_CLOSED", `${name} is closed: nothing more can be sent to it`, options);
  }
}

/** The bounded queue is full and `onFull` is "reject". */
export class QueueFullError extends HeddleError {
  readonly capacity: number;

  constructor(pool: string, capacity: number) {
    super(
      "QUEUE_FULL",
      `the queue of ${pool} is full (${capacity} tasks wait): shed this call, raise queue.capacity, or set queue.onFull to "wait"`,
    );
    this.capacity = capacity;
  }
}

/** A worker ended while it ran this task. `running` names the tasks it took with it, `cause` is what killed it, where known. */
export class WorkerDiedError extends HeddleError {
  readonly exitCode: number | undefined;
  readonly running: readonly string[];

  constructor(
    message: string,
    exitCode: number | undefined,
    running: readonly string[],
    options?: ErrorOptions,
  ) {
    super("WORKER_DIED", message, options);
    this.exitCode = exitCode;
    this.running = running;
  }
}

/** The module of a pool cannot be loaded, or has no such function. */
export class TaskLoadError extends HeddleError {
  constructor(message: string, options?: ErrorOptions) {
    super("TASK_LOAD", message, options);
  }
}

/** A value cannot be copied to another thread. `path` says which: "argument 2", "result", ... */
export class NotCloneableError extends HeddleError {
  readonly path: string;

  constructor(path: string, task: string, why: string, options?: ErrorOptions) {
    super("NOT_CLONEABLE", `${path} of ${task} cannot be sent to another thread: ${why}`, options);
    this.path = path;
  }
}

/** The thread or task that held a lock ended without releasing it; what the lock guards may be half changed. */
export class OwnerDiedError extends HeddleError {
  constructor(lock: string) {
    super("OWNER_DIED", `the owner of ${lock} ended while it held it: what it guards may be half changed`);
  }
}

/** One edge of a wait that cannot end: who waits for what, and who holds it. */
export interface WaitEdge {
  readonly waiter: string;
  readonly waitsFor: string;
  readonly heldBy: string | undefined;
  readonly waiterStack: string | undefined;
  readonly holderStack: string | undefined;
}

/** A wait that provably cannot end. `edges` are the whole cycle. */
export class DeadlockError extends HeddleError {
  readonly edges: readonly WaitEdge[];

  constructor(message: string, edges: readonly WaitEdge[] = []) {
    super("DEADLOCK", message);
    this.edges = edges;
  }
}

/** The pool, group or channel view was closed before this call. */
export class ClosedError extends HeddleError {
  constructor(what: string) {
    super("CLOSED", `${what} is closed: it takes no more work`);
  }
}

/** A mistake in the call: what is wrong, what was got, what was expected. */
export class BadOptionError extends HeddleError {
  constructor(name: string, got: unknown, expected: string) {
    super("BAD_OPTION", `${name} must be ${expected}, got ${show(got)}`);
  }
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "object" && value !== null) return Object.prototype.toString.call(value);
  return `${String(value)} (${typeof value})`;
}
