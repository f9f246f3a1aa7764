import { GroupScope } from "./group-scope.js";
import { combine } from "./outcome.js";
import { Cause } from "./scope.js";
import type { OpenGroup } from "./types.js";

/**
 * A group whose body is the rest of a block. A disposer is not told whether the block threw, so leaving always cancels, and
 * throws only what nobody has seen: failures of tasks that were never awaited, or that the deadline or the world outside cut
 * the group short. What was awaited has reached the block, and would come a second time as a SuppressedError.
 */
export class OpenGroupScope extends GroupScope implements OpenGroup {
  #cutSeen = false;
  /** Who calls `cancel` wants no error for it. */
  #asked = false;

  override cancel(reason?: unknown): void {
    this.#asked ||= this.cause === undefined;
    super.cancel(reason);
  }

  async join(): Promise<void> {
    await this.childrenEnded();
    this.conclude();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.ended) return;
    await this.#leave();
    const cut = this.#cutError();
    this.#endUnseen();
    if (cut !== undefined) throw cut;
  }

  /** The scope outside ends: as leaving the block, and the failures nobody saw are that scope's. */
  override async leftBehind(): Promise<void> {
    await this.#leave();
    this.#endUnseen();
  }

  override taskEnded(...[task]: Parameters<GroupScope["taskEnded"]>): void {
    if (task.state === "cancelled" && task.observed) this.#cutSeen = true;
    super.taskEnded(task);
  }

  async #leave(): Promise<void> {
    this.cancelFor(new Cause("cancel", LEFT, this));
    await this.childrenEnded();
  }

  #cutError(): unknown {
    const cause = this.cause;
    if (cause === undefined || cause.kind === "failure" || this.#cutSeen) return undefined;
    if (cause.kind === "deadline") return cause.reason;
    return this.#asked || cause.reason === LEFT ? undefined : cause.error;
  }

  #endUnseen(): void {
    const unseen = this.failures(true);
    this.finish(unseen.length > 0 ? "failed" : this.cause?.reason === LEFT ? "ok" : "cancelled");
    if (unseen.length > 0) throw combine(unseen, this.label);
  }
}

const LEFT = "its block was left";
