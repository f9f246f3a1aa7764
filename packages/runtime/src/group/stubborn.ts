import { arm, now } from "./clock.js";
import { report } from "./config.js";
import { type Owned, Scope } from "./scope.js";
import { TaskScope } from "./task.js";
import { Timer } from "./timer-heap.js";

/** Reports, once each, the tasks that still run `after` milliseconds from now. They were just cancelled. */
export class StubbornTimer extends Timer {
  readonly #group: Scope;
  readonly #after: number;
  readonly #candidates: () => Iterable<Owned>;

  constructor(group: Scope, after: number, candidates: () => Iterable<Owned>) {
    super(now() + after);
    this.#group = group;
    this.#after = after;
    this.#candidates = candidates;
    arm(this);
  }

  fire(): void {
    let excused = false;
    for (const task of this.#candidates()) {
      if (!(task instanceof TaskScope) || task.state !== "running") continue;
      if (ownsScope(task)) excused = true;
      else this.#tell(task);
    }
    if (!excused) return;
    this.at = now() + this.#after;
    arm(this);
  }

  #tell(task: TaskScope<unknown>): void {
    const stack = task.stack;
    report({
      kind: "ignores-cancel",
      message:
        `${task.label} of ${this.#group.label} still runs ${this.#after} ms after it was cancelled, and the group waits for it: ` +
        "give its signal to what it calls, or await checkpoint() in its loops" +
        (stack === undefined ? "" : `\nspawned${stack.slice(stack.indexOf("\n"))}`),
      stacks: stack === undefined ? [] : [stack],
    });
  }
}

/** It waits for a group of its own, which speaks for itself, or cleans up in a shield, which it may. */
function ownsScope(task: TaskScope<unknown>): boolean {
  for (const node of task.owned()) if (node instanceof Scope) return true;
  return false;
}
