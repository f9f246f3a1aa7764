import type { Scope } from "../group/scope.js";
import type { SelectWaiter } from "./select-waiter.js";

/** What a select resolves to. `done` is there for `receive` alone. */
export interface Outcome {
  readonly key: string;
  readonly value: unknown;
  readonly done?: boolean;
}

/** A case of a select that waits: it stands in some queue until the select has ended. */
export interface CaseNode {
  /** Out of its queue, O(1). Leaving twice does nothing. */
  leave(): void;
}

/**
 * One thing a select may do. Making a case does nothing yet: a timer starts and an item is offered when it is given to `select`,
 * and it may be given again to the next. `Result` is what the select's result has besides `key`.
 */
export abstract class SelectCase<out Result> {
  declare readonly result?: Result;

  /** False: it never happens. */
  get enabled(): boolean {
    return true;
  }

  /** What reports name as waited for. */
  abstract readonly resource: unknown;
  /** It could happen now. Changes nothing. */
  abstract ready(): boolean;
  /** Does it. `undefined`: whom it had seen waiting is gone; nothing was done. Throws what the select is to reject with. */
  abstract take(key: string): Outcome | undefined;
  /** Waits for it, and grants the select when it happens. */
  abstract enlist(select: SelectWaiter, key: string): CaseNode;
  /** An observer of waits is set: say who is about to use the resource. */
  note(_scope: Scope | undefined): void {}
}
