import { DeadlockError, type WaitEdge } from "../error/errors.js";
import { report, reportsOn } from "../group/config.js";
import type { Scope } from "../group/scope.js";
import type { Hold } from "./hold.js";
import { framesOf, told } from "./text.js";

/**
 * The innermost scope of the same task around that has not ended: guards outlive the groups in which they were acquired.
 * `undefined` when the task itself has ended: it gave the guard to somebody.
 */
export function living(scope: Scope | undefined): Scope | undefined {
  let at = scope;
  while (at?.ended === true) at = at.task === at ? undefined : at.owner;
  return at;
}

/**
 * True if `scope` is `outer` or lies in it, in the same task: what waits in `scope` then keeps `outer` from going on. Two groups side
 * by side in one task do not lie in each other, and one of them can still release what the other wants.
 */
export function within(scope: Scope, outer: Scope | undefined): boolean {
  if (outer === undefined || scope.task !== outer.task) return false;
  for (let at: Scope | undefined = scope; at !== undefined && at.task === outer.task; at = at.owner) {
    if (at === outer) return true;
  }
  return false;
}

/** The error of a wait that provably cannot end, reported too. */
export function doubleAcquire(
  gate: { readonly label: string; readonly acquire: (...args: never[]) => unknown },
  hold: Hold | undefined,
  scope: Scope,
): DeadlockError {
  const here: { stack?: string } = {};
  Error.captureStackTrace(here, gate.acquire);
  const who = scope.task.label;
  const edge: WaitEdge = Object.freeze({
    waiter: who,
    waitsFor: gate.label,
    heldBy: who,
    waiterStack: framesOf(here),
    holderStack: framesOf(hold?.stack),
  });
  const message =
    `${who} waits for ${gate.label}, which it holds itself: this wait can never end. ` +
    "Release the guard first, or pass it to the function that needs it" +
    told("acquired first", edge.holderStack) +
    told("acquired again", edge.waiterStack);
  if (reportsOn()) report({ kind: "deadlock", message, edges: [edge], stacks: stacksOf(edge) });
  return new DeadlockError(message, [edge]);
}

function stacksOf({ waiterStack, holderStack }: WaitEdge): string[] {
  return [waiterStack, holderStack].filter((stack) => stack !== undefined);
}
