import { ambient, type Cause, Owned, type Scope } from "../group/scope.js";
import { lentPriority, onLend, runsFor } from "../lock/priority.js";
import { TIMED } from "../wire/layout.js";
import type { Call } from "./call.js";
import type { Engine } from "./engine.js";
import { orderKey } from "./queue.js";
import { stop } from "./stop.js";

/** A call as a wait of the group that it was made in: cancelling the group cancels it. */
export class CallInScope extends Owned {
  readonly #engine: Engine;
  readonly #call: Call;

  constructor(engine: Engine, call: Call) {
    super();
    this.#engine = engine;
    this.#call = call;
  }

  override ownerCancelled(cause: Cause): void {
    stop(this.#engine, this.#call, cause.error);
  }
}

/**
 * Ties a call to the task or group that makes it: its cancellation and its deadline reach the call, and so does a priority that was
 * lent to it. False when it is cancelled already; then the call is rejected.
 */
export function joinScope(engine: Engine, call: Call): boolean {
  const scope = ambient();
  if (scope === undefined) return true;
  if (scope.cause !== undefined) {
    call.cleanup?.();
    call.reject(scope.cause.error);
    return false;
  }
  inherit(call, scope, engine.pump.now);
  const node = new CallInScope(engine, call);
  call.scope = node;
  scope.adopt(node);
  const before = call.cleanup;
  call.cleanup = () => {
    node.owner?.disown(node);
    before?.();
  };
  return true;
}

function inherit(call: Call, scope: Scope, now: number): void {
  const { deadline } = scope;
  if (deadline !== undefined && (call.deadline === undefined || deadline < call.deadline)) {
    // Only told to the task: it is the group that ends the call when the moment comes.
    call.deadline = deadline;
    call.flags |= TIMED;
  }
  const lent = lentPriority(scope);
  if (lent > 0) call.key = Math.min(call.key, orderKey(now, lent));
}

/** While a high priority waits for a lock, the calls of its holder that still queue go to the place of that priority. */
export function boostLent(engine: Engine): () => void {
  return onLend((task, priority) => {
    for (const call of engine.dispatch.all()) {
      const owner = call.scope?.owner;
      if (owner !== undefined && runsFor(owner, task)) {
        engine.dispatch.raise(call, orderKey(engine.pump.now, priority));
      }
    }
  });
}
