import type { Scope } from "../group/scope.js";
import { Hold, type LockWatch } from "./hold.js";
import type { LockWaiter } from "./lock-waiter.js";
import { sawOrder } from "./order.js";
import { spend } from "./stacks.js";

/** What each scope holds, the newest first. */
const newest = new WeakMap<Scope, Hold>();

/** Keeps who holds what. `used` is called when a stack was taken, `stackOf` gives the one of a wait. */
export function heldLocks(
  used: () => void,
  stackOf: (waiter: LockWaiter) => Hold["stack"] | undefined,
): LockWatch {
  return {
    took(gate, guard, scope, waiter) {
      const outer = scope === undefined ? undefined : newest.get(scope);
      const stack = waiter === undefined ? spend(gate.take) : stackOf(waiter);
      const hold = new Hold(gate, guard, scope, stack, outer);
      gate.holds.add(hold);
      if (scope !== undefined) newest.set(scope, hold);
      if (stack !== undefined) used();
      return hold;
    },
    gave(hold) {
      hold.gate.holds.delete(hold);
      if (hold.scope !== undefined) unlink(hold.scope, hold);
    },
    wants(gate, read, scope) {
      const task = scope.task;
      for (let at: Scope | undefined = scope; at !== undefined && at.task === task; at = at.owner) {
        const hold = newest.get(at);
        if (hold !== undefined) sawOrder(heldFrom(at, task), gate, read, scope);
        if (hold !== undefined || at === task) return;
      }
    },
  };
}

function unlink(scope: Scope, hold: Hold): void {
  let at = newest.get(scope);
  if (at === hold) {
    if (hold.outer === undefined) newest.delete(scope);
    else newest.set(scope, hold.outer);
    return;
  }
  while (at !== undefined && at.outer !== hold) at = at.outer;
  if (at !== undefined) at.outer = hold.outer;
}

/** All that the task holds from this scope outwards. */
function heldFrom(scope: Scope, task: Scope): Hold[] {
  const held: Hold[] = [];
  for (let at: Scope | undefined = scope; at !== undefined && at.task === task; at = at.owner) {
    for (let hold = newest.get(at); hold !== undefined; hold = hold.outer) held.push(hold);
  }
  return held;
}
