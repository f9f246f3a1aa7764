import type { TaskScope } from "./task.js";
import type { GroupStats } from "./types.js";

/** The numbers of one group. */
export class Tally {
  running = 0;
  waiting = 0;
  spawned = 0;
  restarted = 0;
  #completed = 0;
  #failed = 0;
  #cancelled = 0;

  get size(): number {
    return this.running + this.waiting;
  }

  ended(task: TaskScope<unknown>): void {
    if (task.state === "done") this.#completed += 1;
    else if (task.state === "failed") this.#failed += 1;
    else this.#cancelled += 1;
    if (task.started) this.running -= 1;
    else this.waiting -= 1;
  }

  snapshot(name: string, state: GroupStats["state"]): GroupStats {
    return Object.freeze({
      name,
      state,
      running: this.running,
      waiting: this.waiting,
      spawned: this.spawned,
      completed: this.#completed,
      failed: this.#failed,
      cancelled: this.#cancelled,
      restarted: this.restarted,
    });
  }
}
