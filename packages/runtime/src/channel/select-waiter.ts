import { Waiter } from "../group/wait.js";
import type { CaseNode, Outcome } from "./case.js";

/** What an observer of waits gets as the resource of a select: it ends when any of these lets it. */
export interface SelectResource {
  readonly resources: readonly unknown[];
}

/**
 * The one commit record of a select. Its cases stand in their queues as nodes that all point here; who serves one of them asks for
 * `grant`, which says yes once. Then every other node has left its queue before anybody else runs.
 */
export class SelectWaiter extends Waiter<Outcome> {
  #nodes: CaseNode[] = [];

  override describe(): string {
    return "the select";
  }

  add(node: CaseNode): void {
    this.#nodes.push(node);
  }

  protected override leave(): void {
    const nodes = this.#nodes;
    this.#nodes = [];
    for (const node of nodes) node.leave();
  }
}
