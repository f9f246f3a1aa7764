import type { ChannelCore } from "../channel/core.js";
import { GroupScope } from "../group/group-scope.js";
import type { Scope } from "../group/scope.js";
import { TaskScope } from "../group/task.js";
import { living } from "./double-acquire.js";
import { Gate } from "./gate.js";
import type { Hold } from "./hold.js";
import { isSelect } from "./labels.js";
import { LockWaiter } from "./lock-waiter.js";
import type { Pending } from "./pending.js";

/** Longer chains of tasks that can go on after one another are not followed to their end: then nothing is said this time. */
const ROUNDS = 200;

/** Why a wait cannot end: whom it waits for, and the lock that this one holds. */
export interface Blocker {
  /** `undefined`: nobody is left, the guard was dropped unreleased. */
  readonly task: Scope | undefined;
  readonly hold?: Hold | undefined;
}

export type Stuck = ReadonlyMap<Scope, readonly Pending[]>;

/**
 * The tasks that can never go on by themselves. At first every task whose waits all began up to `tick` is suspected; then, again
 * and again, each is cleared that has one wait that somebody cleared could end. Who is left waits for others who are left.
 * Whatever is not known (a wait of another library, a timer, a signal, a holder outside every group) can end a wait.
 */
export function findStuck(waits: Iterable<Pending>, tick: number): Stuck {
  const suspects = new Map<Scope, Pending[]>();
  const cleared = new Set<Scope>();
  for (const wait of waits) {
    const task = wait.record.owner?.task;
    if (task === undefined) continue;
    if (wait.tick > tick || wait.record.owner?.cause !== undefined) cleared.add(task);
    else {
      const known = suspects.get(task);
      if (known === undefined) suspects.set(task, [wait]);
      else known.push(wait);
    }
  }
  for (const task of cleared) suspects.delete(task);
  for (let round = 0; round < ROUNDS; round++) {
    const facts = new Facts(suspects);
    let changed = false;
    for (const [task, own] of suspects) {
      if (own.every((wait) => facts.blocker(wait) !== undefined)) continue;
      suspects.delete(task);
      changed = true;
    }
    if (!changed) return suspects;
  }
  return new Map();
}

/** What follows for single waits if nobody in `stuck` ever goes on. Deleting from `stuck` only makes it say less. */
export class Facts {
  readonly #stuck: Stuck;
  readonly #byGroup = new Map<Scope, Scope>();
  readonly #gates = new Map<Gate, Map<LockWaiter, Blocker>>();
  readonly #roots: Map<Scope, number>;

  constructor(stuck: Stuck) {
    this.#stuck = stuck;
    this.#roots = new Map();
    for (const task of stuck.keys()) {
      if (task instanceof TaskScope && !task.ended) this.#byGroup.set(task.host, task);
    }
  }

  /** Who keeps this wait from ending, or `undefined`: it may end. */
  blocker(wait: Pending): Blocker | undefined {
    const { record, resource } = wait;
    if (resource instanceof Gate) {
      return record instanceof LockWaiter ? this.#gate(resource).get(record) : undefined;
    }
    if (resource instanceof GroupScope) return this.#suspect(this.#byGroup.get(resource));
    if (resource instanceof TaskScope) return wait.awaited ? this.#suspect(resource) : undefined;
    if (isSelect(resource)) return this.#select(resource.resources);
    if (isChannel(resource)) return this.#channel(resource, record);
    return undefined;
  }

  #suspect(task: Scope | undefined): Blocker | undefined {
    return task !== undefined && !task.ended && this.#stuck.has(task) ? { task } : undefined;
  }

  /** Only joins: which side of a channel a case stands on, and who made a signal, is not known here. */
  #select(resources: readonly unknown[]): Blocker | undefined {
    let blocker: Blocker | undefined;
    for (const resource of resources) {
      blocker = resource instanceof TaskScope ? this.#suspect(resource) : undefined;
      if (blocker === undefined) return undefined;
    }
    return blocker;
  }

  /** One walk through the queue: what is held for ever is missing for ever, and who never leaves stands in everybody's way. */
  #gate(gate: Gate): ReadonlyMap<LockWaiter, Blocker> {
    let blocked = this.#gates.get(gate);
    if (blocked !== undefined) return blocked;
    blocked = new Map();
    this.#gates.set(gate, blocked);
    let possible = gate.capacity;
    let by: Blocker | undefined;
    for (const hold of gate.holds) {
      const task = living(hold.scope)?.task;
      const keeps = hold.lost || (task !== undefined && !task.ended && this.#stuck.has(task));
      if (!keeps) continue;
      possible -= hold.weight;
      by = { task: hold.lost ? undefined : task, hold };
    }
    let ahead: Blocker | undefined;
    for (const waiter of gate.queue) {
      const blocker: Blocker | undefined = waiter.weight > possible ? by : ahead;
      if (blocker !== undefined && !waiter.limited) blocked.set(waiter, blocker);
      const task = waiter.owner?.task;
      if (ahead === undefined && blocker !== undefined && !waiter.limited && task !== undefined) {
        ahead = this.#stuck.has(task) ? { task } : undefined;
      }
    }
    return blocked;
  }

  /**
   * Who has used the other side of the channel may do so again; whoever has not may still hold it. So this says something only if
   * it has been used, by tasks of groups alone, all of which are stuck, and no task of the same tree of groups could go on.
   */
  #channel(core: ChannelCore<unknown>, record: Pending["record"]): Blocker | undefined {
    if (core.closed || !("queue" in record)) return undefined;
    const other =
      record.queue === core.receivers
        ? core.parties.send
        : record.queue === core.senders
          ? core.parties.receive
          : undefined;
    if (other === undefined || other.outside) return undefined;
    const tasks = other.tasks();
    const own = record.owner?.task;
    if (tasks.length === 0 || own === undefined) return undefined;
    for (const task of tasks) if (task.id === own.id || !this.#stuck.has(task as Scope)) return undefined;
    if (!this.#allStuck(rootOf(own))) return undefined;
    return { task: tasks[0] as Scope };
  }

  #allStuck(root: Scope): boolean {
    let running = this.#roots.get(root);
    if (running === undefined) {
      running = 0;
      for (const task of tasksIn(root)) if (!this.#stuck.has(task)) running += 1;
      this.#roots.set(root, running);
    }
    return running === 0;
  }
}

function rootOf(scope: Scope): Scope {
  let at = scope;
  while (at.owner !== undefined) at = at.owner;
  return at;
}

/** Everybody who could run in a tree: its tasks that have not ended, and whoever opened it. */
function* tasksIn(scope: Scope): Generator<Scope> {
  if (scope.task === scope && !scope.ended) yield scope;
  for (const node of scope.owned())
    if (node instanceof GroupScope || node instanceof TaskScope) yield* tasksIn(node);
}

function isChannel(resource: unknown): resource is ChannelCore<unknown> {
  return (
    typeof resource === "object" && resource !== null && "parties" in resource && "receivers" in resource
  );
}
