import type { Scope, TaskIdentity } from "../group/scope.js";

/**
 * Who has used one side of a channel: what the wait-for graph asks to know who could still end a wait. Kept only while an observer
 * of waits is set. Tasks are held weakly, and those that have ended are dropped whenever the list has doubled.
 */
export class Parties {
  /** It was used outside every group: then anybody may do so again. */
  outside = false;
  #last: Scope | undefined;
  #tasks = new Map<number, WeakRef<Scope>>();
  #pruneAt = 16;

  note(scope: Scope | undefined): void {
    if (scope === undefined) {
      this.outside = true;
      return;
    }
    const task = scope.task;
    if (task === this.#last?.task) return;
    this.#last = task;
    if (this.#tasks.has(task.id)) return;
    this.#tasks.set(task.id, new WeakRef(task));
    if (this.#tasks.size >= this.#pruneAt) this.#prune();
  }

  /** The tasks that have not ended. */
  tasks(): TaskIdentity[] {
    this.#prune();
    return Array.from(this.#tasks.values(), (weak) => weak.deref()).filter((task) => task !== undefined);
  }

  #prune(): void {
    if (this.#last?.ended === true) this.#last = undefined;
    for (const [id, weak] of this.#tasks) if (weak.deref()?.ended !== false) this.#tasks.delete(id);
    this.#pruneAt = Math.max(16, this.#tasks.size * 2);
  }
}
