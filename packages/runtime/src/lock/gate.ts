import type { Rules } from "../error/options.js";
import type { LazyStack } from "../group/config.js";
import { ambient, type Scope } from "../group/scope.js";
import { ready, refuse } from "../group/slice.js";
import { park, refusal } from "../group/wait.js";
import { WaitQueue } from "../group/wait-queue.js";
import { event } from "../metrics/events.js";
import type { Histogram } from "../metrics/histogram.js";
import { histogram, register } from "../metrics/sources.js";
import { doubleAcquire, living, within } from "./double-acquire.js";
import { Guard } from "./guard.js";
import { type Hold, watch } from "./hold.js";
import { priorityChanged } from "./lending.js";
import { isLimited, LockWaiter } from "./lock-waiter.js";
import { ACQUIRE, nameOf } from "./options.js";
import { type Callee, siteOf } from "./stacks.js";
import type { AcquireOptions, LockKind, LockOptions, LockStats } from "./types.js";

const waitEvent = event("heddle:lock:wait");
const acquireEvent = event("heddle:lock:acquire");
const releaseEvent = event("heddle:lock:release");

let lastId = 0;

/**
 * What every lock is: a number of permits and one queue. A mutex has one permit; of a read-write lock a reader takes one and a
 * writer takes all, which is why a writer that waits stops the readers behind it.
 *
 * Invariants: `free` is never negative; whoever is first in the queue wants more than `free`. Nobody overtakes: a permit is taken
 * at once only while nobody waits, and one that is given back belongs to the first in the queue in the same turn, before it runs.
 */
export class Gate {
  readonly id: number;
  readonly name: string;
  /** How messages call it. */
  readonly label: string;
  readonly capacity: number;
  readonly queue = new WaitQueue<LockWaiter>(this);
  /** All that hold it; filled only while reports are on. */
  readonly holds = new Set<Hold>();
  /** Where it was made: its class when it has no name. */
  readonly site: LazyStack | undefined;
  readonly named: boolean;
  free: number;
  /** Where and how all permits were taken at once. Not the guard itself: it must be seen when that is dropped. */
  soleScope: Scope | undefined = undefined;
  soleHold: Hold | undefined = undefined;
  /** Its class in the order of locks, once it took part in one. */
  order: number | undefined = undefined;
  #acquired = 0;
  #contended = 0;
  readonly #waits: Histogram | undefined;

  constructor(capacity: number, word: string, options: LockOptions, above: Callee) {
    const name = nameOf(options);
    lastId += 1;
    this.id = lastId;
    this.capacity = capacity;
    this.free = capacity;
    this.named = name !== undefined;
    this.name = name ?? `${word} ${lastId}`;
    this.label = name === undefined ? this.name : `${word} ${JSON.stringify(name)}`;
    if (name === undefined) {
      this.site = siteOf(above);
    } else {
      this.#waits = histogram();
      register("lock", name, this);
    }
  }

  acquire(
    weight: number,
    kind: LockKind,
    options?: AcquireOptions,
    rules: Rules<AcquireOptions> = ACQUIRE,
  ): Promise<Guard> {
    const scope = ambient();
    const refused = refusal(scope, options, rules);
    if (refused !== undefined) return refused;
    if (watch !== undefined && scope !== undefined && !isLimited(options)) {
      watch.wants(this, kind === "read", scope);
    }
    if (this.free >= weight && this.queue.size === 0) return ready(this.take(weight, kind, scope, 0));
    if (this.soleScope !== undefined && scope !== undefined && within(scope, living(this.soleScope))) {
      return refuse(doubleAcquire(this, this.soleHold, scope));
    }
    return this.#wait(new LockWaiter(this, weight, kind, options), scope, options);
  }

  tryAcquire(weight: number, kind: LockKind): Guard | undefined {
    const scope = ambient();
    if (scope?.cause !== undefined) throw scope.cause.error;
    if (this.free < weight || this.queue.size > 0) return undefined;
    return this.take(weight, kind, scope, 0);
  }

  /** Takes what is free. `waiter` is who has waited for it, if it had to. */
  take(
    weight: number,
    kind: LockKind,
    scope: Scope | undefined,
    waitedMs: number,
    waiter?: LockWaiter,
  ): Guard {
    const guard = new Guard(this, weight, kind);
    this.free -= weight;
    this.#acquired += 1;
    if (watch !== undefined) guard.hold = watch.took(this, guard, scope, waiter);
    if (weight === this.capacity) {
      this.soleScope = scope;
      this.soleHold = guard.hold;
    }
    if (acquireEvent.hasSubscribers) acquireEvent.publish({ lock: this.name, kind, waitedMs });
    if (releaseEvent.hasSubscribers) guard.since = performance.now();
    return guard;
  }

  /** For the guard alone: its permits come back, and go on to who waits. */
  give(guard: Guard): void {
    this.free += guard.weight;
    this.soleScope = this.soleHold = undefined;
    if (guard.hold !== undefined) watch?.gave(guard.hold);
    if (releaseEvent.hasSubscribers) {
      const heldMs = guard.since === 0 ? undefined : performance.now() - guard.since;
      releaseEvent.publish({ lock: this.name, kind: guard.kind, heldMs });
    }
    if (this.queue.size > 0) this.#serve();
  }

  /** A waiter has ended, however. What it stood in the way of may go on now. */
  left(waiter: LockWaiter): void {
    if (waiter.priority !== 0) priorityChanged(this, true);
    if (waiter.state === "cancelled") this.#serve();
  }

  stats(): LockStats {
    const counts = {
      name: this.name,
      held: this.heldCount(),
      waiting: this.queue.size,
      acquired: this.#acquired,
      contended: this.#contended,
    };
    return Object.freeze(this.#waits === undefined ? counts : { ...counts, wait: this.#waits.snapshot() });
  }

  protected heldCount(): number {
    return this.capacity - this.free;
  }

  #wait(waiter: LockWaiter, scope: Scope | undefined, options: AcquireOptions | undefined): Promise<Guard> {
    this.queue.push(waiter);
    this.#contended += 1;
    if (this.#waits !== undefined || acquireEvent.hasSubscribers) waiter.since = performance.now();
    if (waitEvent.hasSubscribers) {
      waitEvent.publish({ lock: this.name, kind: waiter.kind, waiting: this.queue.size });
    }
    const promise = park(waiter, scope, options, this);
    if (waiter.priority !== 0) priorityChanged(this, true);
    return promise;
  }

  #serve(): void {
    for (let first = this.queue.first; first !== undefined; first = this.queue.first) {
      if (first.weight > this.free) return;
      this.queue.remove(first);
      this.#handTo(first);
    }
  }

  /** The permits are its own before it knows; one that is being cancelled in this very turn gets nothing. */
  #handTo(waiter: LockWaiter): void {
    if (waiter.state !== "pending" || waiter.owner?.cause !== undefined) return;
    const waitedMs = waiter.since === 0 ? 0 : performance.now() - waiter.since;
    this.#waits?.record(waitedMs * 1e6);
    waiter.grant(this.take(waiter.weight, waiter.kind, waiter.owner, waitedMs, waiter));
    priorityChanged(this, false);
  }
}
