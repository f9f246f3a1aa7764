import { CancelError, TimeoutError } from "../error/errors.js";
import { checkOptions, MS, type Rules, SIGNAL } from "../error/options.js";
import { type Tracked, track } from "../metrics/tracking.js";
import { arm, clear, now } from "./clock.js";
import { captureStack, type LazyStack, reportsOn } from "./config.js";
import { type Cause, Owned, type Scope } from "./scope.js";
import { listen, type SignalFan, type SignalLink, unlisten } from "./signals.js";
import { deliver, refuse } from "./slice.js";
import { Timer } from "./timer-heap.js";
import type { QueueNode, WaitQueue } from "./wait-queue.js";

/**
 * The one cancellable wait. Every operation of groups, channels and locks that can wait has this shape:
 *
 *     const scope = ambient();                        // one read of AsyncLocalStorage
 *     const refused = refusal(scope, options);        // cancelled, aborted, bad option: reject at once, take nothing
 *     if (refused !== undefined) return refused;
 *     if (canHaveItNow) return ready(value);          // uses fuel, so that ping-pong cannot hold the event loop
 *     const waiter = new Waiter<T>();                 // or a subclass that carries what is sent, weighs, ...
 *     queue.push(waiter);
 *     return park(waiter, scope, options, resource);
 *
 * and whoever can serve it does `for (let w = queue.shift(); w !== undefined; w = queue.shift()) if (w.grant(value)) break;`.
 *
 * A waiter is pending, then granted or cancelled, for ever. `grant` and `fail` answer false when it is too late; then nothing
 * was given and the granter goes to the next. On each settling it has left its queue, its scope, its signal and its timer before
 * anybody else runs.
 */
export interface WaitOptions {
  /** Aborts this wait alone. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from now; 0 takes only what is there at once. */
  readonly timeout?: number | undefined;
  /** Epoch milliseconds. */
  readonly deadline?: number | undefined;
}

export const WAIT: Rules<WaitOptions> = {
  signal: SIGNAL,
  timeout: MS,
  deadline: MS,
};

export type WaiterState = "pending" | "granted" | "cancelled";

/** Sees every parked wait begin and end: the wait-for graph. Not called for waits that complete at once. */
export interface WaitObserver {
  begin(waiter: WaitRecord, resource: unknown): void;
  end(waiter: WaitRecord): void;
}

/** What an observer sees of a wait: `owner?.task` is who waits. */
export interface WaitRecord {
  readonly owner: Scope | undefined;
}

let observer: WaitObserver | undefined;

/** At most one; `undefined` removes it. Without one, waits cost nothing more. */
export function setWaitObserver(next: WaitObserver | undefined): void {
  observer = next;
}

export function waitObserver(): WaitObserver | undefined {
  return observer;
}

export class Waiter<T> extends Owned implements QueueNode, WaitRecord {
  queue: WaitQueue<QueueNode> | undefined = undefined;
  queueNext: QueueNode | undefined = undefined;
  queuePrev: QueueNode | undefined = undefined;
  state: WaiterState = "pending";
  /** Only `resolve` is kept, for a rejection goes through it too: a parked wait is one closure smaller. */
  #settle: ((value: T) => void) | undefined = undefined;
  #limits: Limits | undefined = undefined;
  #tracked: Tracked | undefined = undefined;

  /** How error messages call this wait; override it with the operation and the name of what is waited for. */
  describe(): string {
    return "the wait";
  }

  /** Called on every settling, before anybody is woken. The default leaves the queue; a select leaves all of its queues. */
  protected leave(): void {
    this.queue?.remove(this);
  }

  /** Commits this waiter to `value`. False: it was settled or its scope is cancelled; it took nothing. */
  grant(value: T): boolean {
    if (this.state !== "pending" || this.owner?.cause !== undefined) return false;
    this.#end("granted", value);
    return true;
  }

  /** Rejects it with an error that is no cancellation, such as that of a closed channel. False as with `grant`. */
  fail(error: unknown): boolean {
    if (this.state !== "pending" || this.owner?.cause !== undefined) return false;
    this.#end("cancelled", new Rejection(error) as T);
    return true;
  }

  /** Rejects it whatever its scope says. False if it was settled before. */
  cancel(error: unknown): boolean {
    if (this.state !== "pending") return false;
    this.#end("cancelled", new Rejection(error) as T);
    return true;
  }

  override ownerCancelled(cause: Cause): void {
    this.cancel(cause.error);
  }

  /** For `park` alone. */
  attach(settle: (value: T) => void): void {
    this.#settle = settle;
  }

  /** For `park` alone, while reports are on: leaks() lists it, in a task with the stack that spawned that. */
  track(): void {
    const stack = (this.owner?.task as LazyStack | undefined) ?? captureStack(park);
    this.#tracked = track("waiter", this.describe(), stack);
  }

  /** For `park` alone: what else may end this wait. */
  limit(options: WaitOptions): void {
    const at = momentOf(options);
    if (at === undefined && options.signal === undefined) return;
    if (at !== undefined && at <= now()) {
      this.cancel(new TimeoutError(at, this.describe(), options.timeout));
      return;
    }
    this.#limits = new Limits(this as Waiter<unknown>, at, options);
  }

  #end(state: WaiterState, value: T): void {
    this.state = state;
    this.owner?.disown(this);
    this.#limits?.lift();
    this.#tracked?.end();
    this.leave();
    observer?.end(this);
    const settle = this.#settle;
    this.#settle = undefined;
    if (settle !== undefined) deliver(settle, value);
  }
}

/** A thenable that rejects whom it resolves. */
class Rejection {
  readonly #error: unknown;

  constructor(error: unknown) {
    this.#error = error;
  }

  // biome-ignore lint/suspicious/noThenProperty: being a thenable is what it is for
  then(_: unknown, reject: (error: unknown) => void): void {
    reject(this.#error);
  }
}

/** The signal and the timer of one wait; made only for a wait that has one. */
class Limits extends Timer implements SignalLink {
  fan: SignalFan | undefined = undefined;
  nextLink: SignalLink | undefined = undefined;
  prevLink: SignalLink | undefined = undefined;
  readonly #waiter: Waiter<unknown>;
  readonly #timeout: number | undefined;

  constructor(waiter: Waiter<unknown>, at: number | undefined, options: WaitOptions) {
    super(at ?? Number.POSITIVE_INFINITY);
    this.#waiter = waiter;
    this.#timeout = options.timeout;
    if (at !== undefined) arm(this);
    if (options.signal !== undefined) listen(options.signal, this);
  }

  fire(): void {
    this.#waiter.cancel(new TimeoutError(this.at, this.#waiter.describe(), this.#timeout));
  }

  signalled(reason: unknown): void {
    this.#waiter.cancel(new CancelError(reason, this.#waiter.describe()));
  }

  lift(): void {
    clear(this);
    unlisten(this);
  }
}

/**
 * The level-triggered check that comes first in every operation: a rejected promise if the ambient scope is cancelled, the
 * signal aborted or an option wrong; else `undefined`. An expired timeout is no refusal: what is there at once may be taken.
 */
export function refusal(
  scope: Scope | undefined,
  options?: WaitOptions,
  rules: Rules<WaitOptions> = WAIT,
): Promise<never> | undefined {
  if (scope?.cause !== undefined) return refuse(scope.cause.error);
  if (options === undefined) return undefined;
  try {
    checkOptions(options, rules);
    if (options.signal?.aborted === true) throw new CancelError(options.signal.reason, "the wait");
    return undefined;
  } catch (error) {
    return refuse(error);
  }
}

/** The promise of a waiter, from now on in reach of its scope, its signal and its timeout. Call it once per waiter. */
export function park<T>(
  waiter: Waiter<T>,
  scope: Scope | undefined,
  options?: WaitOptions,
  resource?: unknown,
): Promise<T> {
  const promise = new Promise<T>(capture);
  waiter.attach(captured as (value: T) => void);
  captured = undefined;
  scope?.adopt(waiter);
  // An observer lists the waits itself: it need not take a stack for each, and must be able to see one dropped.
  if (observer === undefined && reportsOn()) waiter.track();
  observer?.begin(waiter, resource);
  if (options !== undefined) waiter.limit(options);
  return promise;
}

/** One executor for all waits: a closure per wait would live only to be thrown away. */
let captured: unknown;
function capture(resolve: unknown): void {
  captured = resolve;
}

/** When a timeout that starts now, or the deadline if that is earlier, has passed. */
export function momentOf({ timeout, deadline }: Omit<WaitOptions, "signal">): number | undefined {
  if (timeout === undefined || timeout === Number.POSITIVE_INFINITY) return deadline;
  return Math.min(now() + timeout, deadline ?? Number.POSITIVE_INFINITY);
}
