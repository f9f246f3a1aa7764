import { BadOptionError, ClosedError, TimeoutError } from "../error/errors.js";
import { event } from "../metrics/events.js";
import { type Tracked, track } from "../metrics/tracking.js";
import { Backlog } from "./backlog.js";
import { arm, clear, now } from "./clock.js";
import { captureStack, type LazyStack, reportsOn } from "./config.js";
import { DeadlineTimer, earliest, OuterSignal } from "./limits.js";
import { checkGroupOptions, checkSpawnOptions } from "./options.js";
import { isCancellation, verdict } from "./outcome.js";
import { ambient, Cause, runIn, Scope } from "./scope.js";
import { StubbornTimer } from "./stubborn.js";
import { supervised } from "./supervise.js";
import { Tally } from "./tally.js";
import { onEnd, type TaskHost, TaskScope } from "./task.js";
import type { Group, GroupOptions, GroupStats, SpawnOptions, Task } from "./types.js";
import { momentOf, waitObserver } from "./wait.js";

const startEvent = event("heddle:group:start");
const cancelEvent = event("heddle:group:cancel");
const endEvent = event("heddle:group:end");

/** Milliseconds until a task that ignores cancel is reported: most honest cleanup is done by then. */
const WARN_AFTER = 5_000;

/** Groups that have not ended, wherever they hang: what leaks are found by. */
const live = new Set<GroupScope>();

export function liveGroups(): ReadonlySet<GroupScope> {
  return live;
}

/**
 * A group: open (tasks may be spawned) until its body and all children have ended, cancelled at most once in between.
 * `run` is the whole life of a group with a body; an open group calls `childrenEnded` and `finish` itself.
 */
export class GroupScope extends Scope implements Group, TaskHost {
  readonly deadline: number | undefined;
  readonly #name: string | undefined;
  readonly #limit: number;
  readonly #collect: boolean;
  readonly #warnAfter: number;
  readonly #shielded: boolean;
  readonly #deadlineTimer: DeadlineTimer | undefined;
  readonly #outerSignal: OuterSignal | undefined;
  readonly #debug: { readonly stack: LazyStack; readonly tracked: Tracked } | undefined;
  #stubborn: StubbornTimer | undefined;
  #backlog: Backlog | undefined;
  readonly #tally = new Tally();
  #starting = false;
  #failures: { readonly error: unknown; readonly task: TaskScope<unknown> | undefined }[] = [];
  #idle: (() => void) | undefined;
  #closed: (() => void)[] | undefined;

  constructor(options: GroupOptions, above: (...args: never[]) => unknown, shielded = false) {
    super();
    checkGroupOptions(options);
    const outer = ambient();
    this.#name = options.name;
    this.#limit = options.limit ?? Number.POSITIVE_INFINITY;
    this.#collect = options.onError === "collect";
    this.#warnAfter = options.warnAfter ?? WARN_AFTER;
    this.#shielded = shielded;
    outer?.adopt(this);
    live.add(this);
    const stack = captureStack(above);
    if (stack !== undefined) this.#debug = { stack, tracked: track("group", this.label, stack) };
    if (startEvent.hasSubscribers) startEvent.publish({ group: this.name, parent: outer?.group.name });

    const outerDeadline = shielded ? undefined : outer?.deadline;
    const own = momentOf(options);
    this.deadline = earliest(own, outerDeadline);
    if (!shielded && outer?.cause !== undefined) this.spread(outer.cause);
    if (options.signal !== undefined) this.#outerSignal = new OuterSignal(this, options.signal);
    if (own !== undefined && own === this.deadline && own !== outerDeadline) {
      this.#deadlineTimer = new DeadlineTimer(this, own, options.timeout);
      if (own <= now()) this.#deadlineTimer.fire();
      else arm(this.#deadlineTimer);
    }
  }

  get name(): string {
    return this.#name ?? `group ${this.id}`;
  }

  get label(): string {
    return this.#name === undefined ? `group ${this.id}` : `group "${this.#name}"`;
  }

  /** A body runs in the task that opened the group; outside every task, the group itself is who runs. */
  get task(): Scope {
    return this.owner?.task ?? this;
  }

  get stack(): string | undefined {
    return this.#debug?.stack.stack;
  }

  override get shielded(): boolean {
    return this.#shielded;
  }

  get size(): number {
    return this.#tally.size;
  }

  stats(): GroupStats {
    return this.#tally.snapshot(
      this.name,
      this.ended ? "ended" : this.cause !== undefined ? "cancelled" : "open",
    );
  }

  spawn<T>(fn: (self: Task<unknown>) => T | PromiseLike<T>, options?: SpawnOptions): Task<T> {
    if (typeof fn !== "function") throw new BadOptionError("what spawn starts", fn, "a function");
    if (this.ended) throw new ClosedError(this.label);
    const start = options === undefined ? fn : this.#wrapped(fn, options);
    const task = new TaskScope<T>(this, options?.name ?? (reportsOn() ? fn.name : ""), this.spawn);
    this.#tally.spawned += 1;
    if (this.cause !== undefined) this.#refuse(task, this.cause);
    else if (this.#tally.running >= this.#limit || this.#tally.waiting > 0) this.#enqueue(task, start);
    else this.#start(task, start);
    return task;
  }

  cancel(reason?: unknown): void {
    this.cancelFor(new Cause("cancel", reason, this));
  }

  cancelFor(cause: Cause): void {
    if (!this.ended) this.spread(cause);
  }

  /** Runs the body, waits for all children, and tells how it went. Everything that fails before or in it is a rejection. */
  async run<T>(body: (g: Group) => T | PromiseLike<T>): Promise<T> {
    let value: T | undefined;
    if (this.cause === undefined) {
      try {
        value = await runIn(this, (start, g) => start(g), body, this as Group);
      } catch (error) {
        this.#fail(error, undefined);
      }
    }
    await this.childrenEnded();
    this.conclude();
    return value as T;
  }

  /** Resolves when nothing runs in this group any more. Groups left open in it are cancelled, others waited for. */
  async childrenEnded(): Promise<void> {
    for (;;) {
      if (this.size > 0) {
        await this.#becomesIdle();
        continue;
      }
      const nested = this.#firstNested();
      if (nested === undefined) return;
      await nested.leftBehind().catch((error: unknown) => this.#fail(error, undefined));
    }
  }

  /** Ends the group, if nobody has yet, and throws what it fails with. */
  conclude(): void {
    if (!this.ended && this.cause === undefined && this.deadline !== undefined && now() >= this.deadline)
      this.#late(this.deadline);
    const outcome = verdict(this, this.failures());
    this.finish(outcome === undefined ? "ok" : this.cause?.kind === "cancel" ? "cancelled" : "failed");
    if (outcome !== undefined) throw outcome.error;
  }

  /** What failed, each error once, in order. When collecting, who awaited a task has its failure. */
  failures(unseen = this.#collect): readonly unknown[] {
    const count = this.#failures.filter(({ task }) => !unseen || task?.observed !== true);
    return [...new Set(count.map(({ error }) => error))];
  }

  /** After this nothing can be spawned; waits that nobody awaits any more belong to the scope outside. */
  finish(outcome: "ok" | "failed" | "cancelled"): void {
    if (this.ended) return;
    this.ended = true;
    clear(this.#deadlineTimer);
    clear(this.#stubborn);
    this.#outerSignal?.drop();
    this.owner?.disown(this);
    if (this.#backlog !== undefined) this.disown(this.#backlog);
    this.bequeath(this.owner);
    live.delete(this);
    this.#debug?.tracked.end();
    if (endEvent.hasSubscribers) endEvent.publish({ group: this.name, outcome });
    for (const closed of this.#closed ?? []) closed();
  }

  /** The scope outside ends while this group lives: a group with a body is simply waited for. */
  leftBehind(): Promise<void> {
    return new Promise((resolve) => {
      this.#closed ??= [];
      this.#closed.push(resolve);
    });
  }

  taskFailed(task: TaskScope<unknown>, error: unknown): void {
    this.#fail(error, task);
  }

  taskEnded(task: TaskScope<unknown>): void {
    this.#tally.ended(task);
    if (this.#tally.waiting > 0) this.#startWaiting();
    if (this.size === 0) this.#idle?.();
  }

  taskCancelled(task: TaskScope<unknown>): void {
    if (!reportsOn()) return;
    const timer = new StubbornTimer(this, this.#warnAfter, () => [task]);
    onEnd(task, () => clear(timer));
  }

  override ownerCancelled(cause: Cause): void {
    if (cancelEvent.hasSubscribers) cancelEvent.publish({ group: this.name, reason: cause.reason });
    if (reportsOn() && this.#tally.running > 0)
      this.#stubborn = new StubbornTimer(this, this.#warnAfter, () => this.owned());
  }

  #start(task: TaskScope<unknown>, fn: (self: Task<unknown>) => unknown): void {
    this.adopt(task);
    this.#tally.running += 1;
    task.begin(fn);
  }

  #enqueue(task: TaskScope<unknown>, fn: (self: Task<unknown>) => unknown): void {
    if (this.#backlog === undefined) {
      this.#backlog = new Backlog();
      this.adopt(this.#backlog);
    }
    this.#backlog.adopt(task);
    this.#tally.waiting += 1;
    task.postpone(fn);
  }

  #refuse(task: TaskScope<unknown>, cause: Cause): void {
    task.cause = cause;
    this.#tally.waiting += 1;
    task.ownerCancelled(cause);
  }

  /** A loop, not a recursion: tasks that end at once would otherwise nest as deep as the backlog is long. */
  #startWaiting(): void {
    if (this.#starting) return;
    this.#starting = true;
    try {
      while (this.#tally.running < this.#limit && this.cause === undefined) {
        const task = this.#backlog?.firstOwned;
        if (!(task instanceof TaskScope)) return;
        this.#backlog?.disown(task);
        this.adopt(task);
        this.#tally.waiting -= 1;
        this.#tally.running += 1;
        task.resume();
      }
    } finally {
      this.#starting = false;
    }
  }

  #fail(error: unknown, task: TaskScope<unknown> | undefined): void {
    if (task === undefined && this.cause !== undefined && isCancellation(error, this.cause)) return;
    this.#failures.push({ error, task });
    if (!this.#collect) this.cancelFor(new Cause("failure", error, this));
  }

  #late(deadline: number): void {
    const error = new TimeoutError(deadline, this.label);
    this.cancelFor(new Cause("deadline", error, this));
  }

  #firstNested(): GroupScope | undefined {
    for (const node of this.owned()) if (node instanceof GroupScope) return node;
    return undefined;
  }

  async #becomesIdle(): Promise<void> {
    const observer = waitObserver();
    const record = { owner: this };
    observer?.begin(record, this);
    await new Promise<void>((resolve) => {
      this.#idle = resolve;
    });
    this.#idle = undefined;
    observer?.end(record);
  }

  #wrapped<T>(
    fn: (self: Task<unknown>) => T | PromiseLike<T>,
    options: SpawnOptions,
  ): (self: Task<unknown>) => T | PromiseLike<T> {
    checkSpawnOptions(options);
    if (options.restart !== "on-failure") return fn;
    return supervised(fn, options, () => {
      this.#tally.restarted += 1;
    });
  }
}
