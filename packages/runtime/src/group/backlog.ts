import { Scope } from "./scope.js";

/** Holds the tasks behind `limit`, in order; cancelling reaches them through it. */
export class Backlog extends Scope {
  readonly name = "backlog";
  readonly label = "backlog";
  readonly stack = undefined;
  readonly deadline = undefined;

  get task(): Scope {
    return this;
  }

  override ownerCancelled(): void {}
}
