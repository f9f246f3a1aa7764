import { AsyncLocalStorage } from "node:async_hooks";
import { CancelError } from "../error/errors.js";

/**
 * The tree through which cancellation travels: scopes (groups and tasks) own scopes and parked waits.
 *
 * Every owned thing is a node of its owner's circular list, so leaving is O(1) and cancelling a group reaches each wait without
 * an AbortController. Cancelling marks the whole subtree first, and only then wakes and calls back: nobody can be granted
 * anything in a scope that is about to be cancelled in the same turn.
 */
export abstract class Owned {
  owner: Scope | undefined = undefined;
  ownedNext: Owned | undefined = undefined;
  ownedPrev: Owned | undefined = undefined;

  /** The owner was cancelled. Runs no code of the user's. */
  abstract ownerCancelled(cause: Cause): void;
}

/** Why a scope was cancelled. The first one stays. */
export class Cause {
  readonly kind: "cancel" | "deadline" | "failure";
  /** What was given to `cancel`, the signal's reason, the TimeoutError of the deadline, or the failure of a sibling. */
  readonly reason: unknown;
  readonly origin: Scope;
  #error: CancelError | undefined;

  constructor(kind: Cause["kind"], reason: unknown, origin: Scope) {
    this.kind = kind;
    this.reason = reason;
    this.origin = origin;
  }

  /** One error for all waits it ends: a million stacks of the canceller would say no more than one. */
  get error(): CancelError {
    this.#error ??= new CancelError(this.reason, this.origin.label);
    return this.#error;
  }

  /** What `signal.reason` becomes: as everywhere in the platform what was given; our own error where nothing was. */
  get abortReason(): unknown {
    if (this.kind === "failure" || this.reason === undefined) return this.error;
    return this.reason;
  }
}

/** Who runs: what a lock is owned by, and what a report names. Equal objects, equal task. */
export interface TaskIdentity {
  readonly id: number;
  readonly name: string;
  /** Where it was started; only while reports are on. */
  readonly stack: string | undefined;
}

let lastId = 0;

export abstract class Scope extends Owned implements TaskIdentity {
  /** Set once, for the whole subtree at once (shields excepted). */
  cause: Cause | undefined = undefined;
  /** True after its end: waits made in what is left of it belong to the next living scope outside. */
  ended = false;
  readonly id: number = ++lastId;
  #first: Owned | undefined = undefined;
  #controller: AbortController | undefined = undefined;

  abstract readonly name: string;
  abstract readonly stack: string | undefined;
  /** How messages call it: `group "load user"`. */
  abstract readonly label: string;
  /** The task whose code runs here: for a task itself, for a group's body the task that opened the group. */
  abstract readonly task: Scope;

  /** The effective one, epoch milliseconds. */
  abstract readonly deadline: number | undefined;

  /** The group this is, or is a task of. */
  get group(): Scope {
    return this;
  }

  /** Cancellation from outside stops here. */
  get shielded(): boolean {
    return false;
  }

  /** Made when first read. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.cause !== undefined) this.#controller.abort(this.cause.abortReason);
    }
    return this.#controller.signal;
  }

  adopt(node: Owned): void {
    node.owner = this;
    const first = this.#first;
    if (first === undefined) {
      this.#first = node.ownedNext = node.ownedPrev = node;
      return;
    }
    const last = first.ownedPrev;
    node.ownedNext = first;
    node.ownedPrev = last;
    first.ownedPrev = node;
    if (last !== undefined) last.ownedNext = node;
  }

  /** Forgetting what is not in the list does nothing. The node still knows who owned it last. */
  disown(node: Owned): void {
    const next = node.ownedNext;
    const prev = node.ownedPrev;
    if (node.owner !== this || next === undefined || prev === undefined) return;
    node.ownedNext = node.ownedPrev = undefined;
    if (next === node) {
      this.#first = undefined;
      return;
    }
    next.ownedPrev = prev;
    prev.ownedNext = next;
    if (this.#first === node) this.#first = next;
  }

  get firstOwned(): Owned | undefined {
    return this.#first;
  }

  /** In the order of adoption. The node just given may leave while walking, others may not. */
  *owned(): Generator<Owned> {
    let node = this.#first;
    while (node !== undefined) {
      const next: Owned | undefined = node.ownedNext;
      const last = next === this.#first;
      yield node;
      node = last ? undefined : next;
    }
  }

  /** What outlives this scope goes to the one outside, where cancellation still reaches it. */
  protected bequeath(heir: Scope | undefined): void {
    for (let node = this.#first; node !== undefined; node = this.#first) {
      this.disown(node);
      heir?.adopt(node);
      if (heir?.cause !== undefined && !(node instanceof Scope)) node.ownerCancelled(heir.cause);
    }
  }

  /** Cancels the subtree, once: a scope that already has a cause keeps it. */
  protected spread(cause: Cause): void {
    if (this.cause !== undefined) return;
    const marked: Scope[] = [this];
    this.cause = cause;
    for (const scope of marked) {
      if (scope.#first === undefined) continue;
      for (const node of scope.owned()) {
        if (!(node instanceof Scope) || node.shielded || node.cause !== undefined) continue;
        node.cause = cause;
        marked.push(node);
      }
    }
    for (const scope of marked) {
      if (scope.#first !== undefined) scope.#cancelWaits(cause);
      scope.ownerCancelled(cause);
    }
    for (const scope of marked) scope.#controller?.abort(cause.abortReason);
  }

  #cancelWaits(cause: Cause): void {
    for (const node of this.owned()) if (!(node instanceof Scope)) node.ownerCancelled(cause);
  }
}

/** The one place where the ambient scope is kept; everything else asks `ambient()`. */
const storage = new AsyncLocalStorage<Scope>();

/** The scope that waits made here belong to. One read of AsyncLocalStorage: read it once per operation. */
export function ambient(): Scope | undefined {
  let scope = storage.getStore();
  while (scope?.ended === true) scope = scope.owner;
  return scope;
}

/** Runs `fn(first, second)` with `scope` as the ambient one. Fixed arguments: rest arrays cost as much as the call. */
export function runIn<A, B, R>(scope: Scope, fn: (first: A, second: B) => R, first: A, second: B): R {
  return storage.run(scope, fn, first, second);
}

/** The task that runs here: what owns a lock taken here. `undefined` outside every group. */
export function currentTask(): TaskIdentity | undefined {
  return ambient()?.task;
}
