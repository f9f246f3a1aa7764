import { Scope } from "../group/scope.js";
import { living } from "./double-acquire.js";
import type { Gate } from "./gate.js";
import { setLender } from "./lending.js";
import { LockWaiter } from "./lock-waiter.js";

/**
 * Priority inheritance: while somebody of high priority waits for a lock, its holder has that priority too.
 *
 * The queue of the lock stays first come, first served; what is raised is the holder's work that queues elsewhere: its pool calls,
 * and its own waits for other locks, whose holders inherit in turn. Nothing of this is kept for waits without a priority.
 */
export type Booster = (task: Scope, priority: number) => void;

const boosters = new Set<Booster>();
const loans = new Map<Gate, { readonly to: readonly WeakRef<Scope>[]; readonly priority: number }>();

/** A chain of holders this long is followed; a longer one, or a cycle, is cut there. */
const LONGEST_CHAIN = 32;

/**
 * For a pool: `booster(task, priority)` is called when `task`, or a group it opened, has been lent a priority: calls made in it
 * (`runsFor`) that still queue with a lower one go to their place by the new one. Returns what ends it.
 */
export function onLend(booster: Booster): () => void {
  boosters.add(booster);
  return () => void boosters.delete(booster);
}

/** The priority lent to the task that runs in `scope` or to a task around it: a new pool call begins with no less. */
export function lentPriority(scope: Scope | undefined): number {
  let highest = Number.NEGATIVE_INFINITY;
  if (scope === undefined || loans.size === 0) return highest;
  for (const { to, priority } of loans.values()) {
    if (priority > highest && to.some((weak) => runsFor(scope, weak.deref()))) highest = priority;
  }
  return highest;
}

/** True when what runs in `scope` is what `task` waits for: it runs in it, or in a group or task that it started. */
export function runsFor(scope: Scope, task: Scope | undefined): boolean {
  for (let at: Scope | undefined = scope; at !== undefined && task !== undefined; at = at.owner) {
    if (at === task) return true;
  }
  return false;
}

setLender((gate, certain) => {
  if (!certain && loans.size === 0) return;
  loans.delete(gate);
  lend(gate, LONGEST_CHAIN);
});

function lend(gate: Gate, chain: number): void {
  let priority = 0;
  for (const waiter of gate.queue) priority = Math.max(priority, waiter.priority, lentPriority(waiter.owner));
  // A negative priority asks for nothing: only who stands above the others lends.
  if (priority === 0) return;
  const holders = holdersOf(gate);
  loans.set(gate, { to: holders.map((holder) => new WeakRef(holder)), priority });
  for (const holder of holders) {
    for (const booster of boosters) booster(holder, priority);
    if (chain > 0) for (const next of waitsIn(holder)) lend(next, chain - 1);
  }
}

/** Known without reports only for a holder of all permits; with them, also for readers and permits. */
function holdersOf(gate: Gate): Scope[] {
  const scopes = gate.soleScope === undefined ? [...gate.holds].map((hold) => hold.scope) : [gate.soleScope];
  const tasks = scopes.map((scope) => living(scope)?.task).filter((task) => task !== undefined);
  return [...new Set(tasks)];
}

/** The locks that a scope and all that it started wait for. */
function* waitsIn(scope: Scope): Generator<Gate> {
  for (const node of scope.owned()) {
    if (node instanceof LockWaiter) yield node.gate;
    else if (node instanceof Scope) yield* waitsIn(node);
  }
}
