import { AsyncLocalStorage } from "node:async_hooks";
import { event } from "../metrics/events.js";
import { type Tracked, track } from "../metrics/tracking.js";
import { captureStack, type LazyStack } from "./config.js";
import { isCancellation } from "./outcome.js";
import { ambient, Cause, runIn, Scope } from "./scope.js";
import type { Task, TaskState } from "./types.js";
import { waitObserver } from "./wait.js";
import { type QueueNode, WaitQueue } from "./wait-queue.js";

/** What a task needs of its group. */
export interface TaskHost extends Scope {
  taskFailed(task: TaskScope<unknown>, error: unknown): void;
  /** After every end, whatever the outcome. */
  taskEnded(task: TaskScope<unknown>): void;
  /** It was cancelled alone and still runs. */
  taskCancelled(task: TaskScope<unknown>): void;
}

/** Who wants to know how a task ended; it is called once, in the turn of the end. */
export interface Joiner extends QueueNode {
  grant(outcome: PromiseSettledResult<unknown>): unknown;
}

type Start<T> = (self: Task<unknown>) => T | PromiseLike<T>;

const started = event("heddle:group:task:start");
const endedEvent = event("heddle:group:task:end");

/**
 * Costs per spawn: this object, the two bound functions and the promise that `then` makes, and one `AsyncLocalStorage.run`.
 * Rejected: one frame of AsyncLocalStorage per group, which is cheaper from Node 24 on, because two tasks of a group could then
 * not be told apart after an await, and `task.cancel()` and the ownership of a mutex need that.
 */
export class TaskScope<T> extends Scope implements Task<T> {
  state: TaskState = "queued";
  /** False for a task that was cancelled before its turn came. */
  started = false;
  /** Somebody awaits it or has. */
  observed = false;
  readonly host: TaskHost;
  readonly #name: string;
  /** queued: how to start it; running: the user's promise; then: the value or the error. */
  #result: unknown = undefined;
  #joiners: WaitQueue<Joiner> | undefined = undefined;
  #debug: { readonly stack: LazyStack; readonly tracked: Tracked } | undefined = undefined;

  constructor(host: TaskHost, name: string, above: (...args: never[]) => unknown) {
    super();
    this.host = host;
    this.#name = name;
    const stack = captureStack(above);
    if (stack !== undefined) this.#debug = { stack, tracked: track("task", this.label, stack) };
  }

  get name(): string {
    return this.#name === "" ? `task ${this.id}` : this.#name;
  }

  get label(): string {
    return this.#name === "" ? `task ${this.id}` : `task "${this.#name}"`;
  }

  get task(): Scope {
    return this;
  }

  override get group(): Scope {
    return this.host;
  }

  get deadline(): number | undefined {
    return this.host.deadline;
  }

  get stack(): string | undefined {
    return this.#debug?.stack.stack;
  }

  cancel(reason?: unknown): void {
    if (this.ended || this.cause !== undefined) return;
    this.spread(new Cause("cancel", reason, this));
    if (!this.ended) this.host.taskCancelled(this);
  }

  // biome-ignore lint/suspicious/noThenProperty: a task is a PromiseLike
  then<A = T, B = never>(
    onDone?: ((value: T) => A | PromiseLike<A>) | null,
    onFailed?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.observed = true;
    if (!this.ended) this.#observeJoin();
    return this.#promise().then(onDone, onFailed);
  }

  catch<B = never>(onFailed?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, onFailed);
  }

  finally(onEnded?: (() => void) | null): Promise<T> {
    return this.then().finally(onEnded);
  }

  get [Symbol.toStringTag](): string {
    return "Task";
  }

  /** How it ended, or `undefined` while it has not. */
  get outcome(): PromiseSettledResult<T> | undefined {
    if (!this.ended) return undefined;
    return this.state === "done"
      ? { status: "fulfilled", value: this.#result as T }
      : { status: "rejected", reason: this.#result };
  }

  /** Those that wait for the end without a promise; a joiner may leave again. Only for a task that has not ended. */
  get joiners(): WaitQueue<Joiner> {
    this.#joiners ??= new WaitQueue<Joiner>(this);
    return this.#joiners;
  }

  /** Started later, it still runs in the context of who spawned it, not of who made room. */
  postpone(fn: Start<T>): void {
    const inContext = AsyncLocalStorage.snapshot();
    this.#result = () => inContext(() => this.begin(fn));
  }

  resume(): void {
    const start = this.#result as () => void;
    this.#result = undefined;
    start();
  }

  begin(fn: Start<T>): void {
    this.state = "running";
    this.started = true;
    if (started.hasSubscribers) started.publish({ group: this.host.name, task: this.name });
    runIn(this, launch, this, fn);
  }

  /** Attaches to what the function gave; in the task's own context, or each spawn would keep a second frame alive. */
  follow(outcome: unknown): void {
    if (!isThenable(outcome)) {
      this.done(outcome);
      return;
    }
    const promise = outcome instanceof Promise ? outcome : Promise.resolve(outcome);
    this.#result = promise;
    promise.then(this.done.bind(this), this.threw.bind(this));
  }

  /** Ends it unstarted, because it or its group is cancelled. */
  override ownerCancelled(cause: Cause): void {
    if (this.state === "queued") this.#end("cancelled", cause.error);
  }

  done(value: unknown): void {
    this.#end("done", value);
  }

  threw(error: unknown): void {
    const cancelled = this.cause !== undefined && isCancellation(error, this.cause);
    this.#end(cancelled ? "cancelled" : "failed", error);
  }

  #end(state: TaskState, result: unknown): void {
    this.state = state;
    this.#result = result;
    this.ended = true;
    this.bequeath(this.host);
    this.owner?.disown(this);
    this.#debug?.tracked.end();
    this.#publishEnd();
    if (state === "failed") this.host.taskFailed(this, result);
    if (this.#joiners !== undefined) this.#tellJoiners(this.#joiners);
    this.host.taskEnded(this);
  }

  #tellJoiners(joiners: WaitQueue<Joiner>): void {
    const outcome = this.outcome;
    for (let joiner = joiners.shift(); outcome && joiner !== undefined; joiner = joiners.shift()) {
      joiner.grant(outcome);
    }
  }

  #promise(): Promise<T> {
    if (this.state === "done") return Promise.resolve(this.#result as T);
    if (this.ended) return Promise.reject(this.#result);
    if (this.#result instanceof Promise) return this.#result as Promise<T>;
    return new Promise<T>((resolve, reject) => {
      onEnd(this, (outcome) => {
        if (outcome.status === "fulfilled") resolve(outcome.value as T);
        else reject(outcome.reason);
      });
    });
  }

  #observeJoin(): void {
    const observer = waitObserver();
    if (observer === undefined) return;
    const record = { owner: ambient() };
    observer.begin(record, this);
    onEnd(this, () => observer.end(record));
  }

  #publishEnd(): void {
    if (!endedEvent.hasSubscribers) return;
    const outcome = this.state === "done" ? "ok" : this.state === "failed" ? "failed" : "cancelled";
    const error = this.state === "done" ? undefined : this.#result;
    endedEvent.publish({ group: this.host.name, task: this.name, outcome, error });
  }
}

function launch<T>(task: TaskScope<T>, fn: Start<T>): void {
  let outcome: unknown;
  try {
    outcome = fn(task);
  } catch (error) {
    task.threw(error);
    return;
  }
  task.follow(outcome);
}

/** Calls `fn` when the task ends, in that turn. It must not throw. Returns what makes it be forgotten. */
export function onEnd(
  task: TaskScope<unknown>,
  fn: (outcome: PromiseSettledResult<unknown>) => void,
): () => void {
  const joiner: Joiner = { queue: undefined, queueNext: undefined, queuePrev: undefined, grant: fn };
  task.joiners.push(joiner);
  return () => task.joiners.remove(joiner);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (value instanceof Promise) return true;
  if ((typeof value !== "object" || value === null) && typeof value !== "function") return false;
  return "then" in value && typeof value.then === "function";
}
