import { BadOptionError, OwnerDiedError } from "../error/errors.js";
import type { Rules } from "../error/options.js";
import { setTimer } from "../group/clock.js";
import { ambient, type Scope } from "../group/scope.js";
import { ready, refuse } from "../group/slice.js";
import { park, refusal, Waiter, type WaitOptions } from "../group/wait.js";
import { WaitQueue } from "../group/wait-queue.js";
import { register } from "../metrics/sources.js";
import { doubleAcquire, living, within } from "./double-acquire.js";
import { nameOf } from "./options.js";
import { type DeskClient, deskOf } from "./shared-desk.js";
import { ownSeat, seatIn } from "./shared-threads.js";
import { CAPACITY, DIED, HELD, NO_SLOT, POISONED, SharedWords, sharedLockBytes } from "./shared-words.js";
import type { LockGuard, LockOptions, LockStats } from "./types.js";

export type SharedKind = "mutex" | "rwlock" | "semaphore";

/** What a shared lock is when it has been sent to another thread: `SharedMutex.from(handle)` makes it a lock again. */
export interface SharedHandle<Kind extends SharedKind = SharedKind> {
  readonly heddle: `shared-${Kind}`;
  readonly name: string;
  readonly state: SharedArrayBuffer;
  readonly threads: SharedArrayBuffer;
}

let lastId = 0;

/** When all slots are taken, those without one try again this often. */
const RETRY_MS = 5;

/** A shared lock as one thread sees it: the waits of this thread, each with its slot. */
export class SharedCore implements DeskClient {
  readonly handle: SharedHandle;
  readonly label: string;
  readonly #words: SharedWords;
  readonly #waiting = new Set<SharedWaiter>();
  /** Those that found no slot free; served first when one is. */
  readonly #without = new WaitQueue<SharedWaiter>(this);
  readonly #desk: ReturnType<typeof deskOf>;
  #retrying = false;
  /** Where this thread took everything. */
  #soleScope: Scope | undefined;
  #acquired = 0;
  #contended = 0;

  constructor(handle: SharedHandle) {
    this.handle = handle;
    this.label = `shared ${handle.heddle.slice("shared-".length)} ${JSON.stringify(handle.name)}`;
    const seat = seatIn(handle.threads);
    this.#words = new SharedWords(handle.state, seat);
    this.#desk = deskOf(seat);
  }

  get capacity(): number {
    return this.#words.capacity;
  }

  acquire(weight: number, options?: WaitOptions, rules?: Rules<WaitOptions>): Promise<LockGuard> {
    const scope = ambient();
    const refused = refusal(scope, options, rules);
    if (refused !== undefined) return refused;
    if (this.#soleScope !== undefined && scope !== undefined && within(scope, living(this.#soleScope))) {
      return refuse(doubleAcquire(this, undefined, scope));
    }
    const slot = this.#without.size > 0 ? NO_SLOT : this.#words.enlist(weight, true);
    if (slot === POISONED) return refuse(new OwnerDiedError(this.label));
    if (slot !== NO_SLOT && this.#words.state(slot) === HELD) return ready(this.#take(slot, weight, scope));
    const waiter = new SharedWaiter(this, weight, slot);
    this.#contended += 1;
    if (slot === NO_SLOT) this.#keepWithout(waiter);
    else this.#waiting.add(waiter);
    const promise = park(waiter, scope, options, this);
    // Not before: the desk looks at once, and what is granted before it is parked would never be heard of.
    if (waiter.state === "pending") this.#desk.add(this);
    return promise;
  }

  tryAcquire(weight: number): LockGuard | undefined {
    const scope = ambient();
    if (scope?.cause !== undefined) throw scope.cause.error;
    const slot = this.#without.size > 0 ? NO_SLOT : this.#words.enlist(weight, false);
    if (slot === POISONED) throw new OwnerDiedError(this.label);
    return slot === NO_SLOT ? undefined : this.#take(slot, weight, scope);
  }

  /** For a guard alone. */
  give(guard: SharedGuard): void {
    this.#soleScope = undefined;
    if (this.#words.release(guard.slot)) this.poll();
    this.#place();
  }

  poll(): boolean {
    this.#words.check();
    for (const waiter of this.#waiting) this.#look(waiter);
    this.#place();
    return this.#waiting.size + this.#without.size > 0;
  }

  /** A waiter has ended without the lock. */
  left(waiter: SharedWaiter): void {
    const slot = waiter.slot;
    waiter.slot = NO_SLOT;
    this.#waiting.delete(waiter);
    if (slot !== NO_SLOT && this.#words.release(slot)) this.poll();
    if (this.#waiting.size + this.#without.size === 0) this.#desk.remove(this);
  }

  stats(): LockStats {
    const { held, waiting } = this.#words.counts();
    return Object.freeze({
      name: this.handle.name,
      held: held === this.capacity && this.handle.heddle === "shared-rwlock" ? 1 : held,
      waiting,
      acquired: this.#acquired,
      contended: this.#contended,
    });
  }

  #take(slot: number, weight: number, scope: Scope | undefined): SharedGuard {
    if (weight === this.capacity) this.#soleScope = scope;
    this.#acquired += 1;
    return new SharedGuard(this, slot);
  }

  #look(waiter: SharedWaiter): void {
    const slot = waiter.slot;
    if (slot === NO_SLOT) return;
    const state = this.#words.state(slot);
    if (state === HELD && waiter.owner?.cause === undefined) {
      this.#forget(waiter);
      waiter.grant(this.#take(slot, waiter.weight, waiter.owner));
    } else if (state === DIED) {
      this.#forget(waiter);
      this.#words.told(slot);
      waiter.fail(new OwnerDiedError(this.label));
    }
  }

  #forget(waiter: SharedWaiter): void {
    waiter.slot = NO_SLOT;
    this.#waiting.delete(waiter);
  }

  #keepWithout(waiter: SharedWaiter): void {
    this.#without.push(waiter);
    if (this.#retrying) return;
    this.#retrying = true;
    setTimer(RETRY_MS, () => {
      this.#retrying = false;
      this.#place();
      const first = this.#without.shift();
      if (first !== undefined) this.#keepWithout(first);
    });
  }

  /** Slots for those that have none. */
  #place(): void {
    for (let first = this.#without.first; first !== undefined; first = this.#without.first) {
      const slot = this.#words.enlist(first.weight, true);
      if (slot === NO_SLOT) return;
      this.#without.remove(first);
      if (slot === POISONED) {
        first.fail(new OwnerDiedError(this.label));
        continue;
      }
      first.slot = slot;
      this.#waiting.add(first);
      this.#look(first);
    }
  }
}

/** Who waits for a shared lock. */
export class SharedWaiter extends Waiter<LockGuard> {
  readonly weight: number;
  slot: number;
  readonly #core: SharedCore;

  constructor(core: SharedCore, weight: number, slot: number) {
    super();
    this.#core = core;
    this.weight = weight;
    this.slot = slot;
  }

  override describe(): string {
    return `acquire of ${this.#core.label}`;
  }

  protected override leave(): void {
    super.leave();
    this.#core.left(this);
  }
}

export class SharedGuard implements LockGuard {
  readonly slot: number;
  #core: SharedCore | undefined;

  constructor(core: SharedCore, slot: number) {
    this.#core = core;
    this.slot = slot;
  }

  get held(): boolean {
    return this.#core !== undefined;
  }

  release(): void {
    const core = this.#core;
    this.#core = undefined;
    core?.give(this);
  }

  [Symbol.dispose](): void {
    this.release();
  }
}

/** Memory for a new lock. */
export function newHandle<Kind extends SharedKind>(
  kind: Kind,
  capacity: number,
  options: LockOptions = {},
): SharedHandle<Kind> {
  const name = nameOf(options);
  lastId += 1;
  const state = new SharedArrayBuffer(sharedLockBytes());
  new Int32Array(state)[CAPACITY] = capacity;
  return { heddle: `shared-${kind}`, name: name ?? `${kind} ${lastId}`, state, threads: ownSeat().buffer };
}

/** The lock of a handle; a named one is in the metrics of the thread that made it. */
export function coreOf(kind: SharedKind, handle: SharedHandle, isNew: boolean): SharedCore {
  const sent: Partial<SharedHandle> | null | undefined = handle;
  if (
    sent?.heddle !== `shared-${kind}` ||
    !(sent.state instanceof SharedArrayBuffer) ||
    !(sent.threads instanceof SharedArrayBuffer)
  ) {
    throw new BadOptionError("what from() takes", handle, `a shared ${kind} or its handle`);
  }
  const core = new SharedCore(handle);
  if (isNew) register("lock", handle.name, core);
  return core;
}
