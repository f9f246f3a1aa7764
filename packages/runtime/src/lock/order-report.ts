import type { WaitEdge } from "../error/errors.js";
import { report } from "../group/config.js";
import { told } from "./text.js";

/** Somebody wanted `to` while it held `from`. Text and numbers alone: it keeps nothing alive. */
export interface OrderEdge {
  readonly from: number;
  readonly to: number;
  readonly fromRead: boolean;
  readonly toRead: boolean;
  readonly fromLabel: string;
  readonly toLabel: string;
  readonly who: string;
  /** Ids of the locks that were held besides, each time it was seen. */
  under: readonly number[];
  readonly fromStack: string | undefined;
  readonly toStack: string | undefined;
}

/** Tells of locks that are taken in a circle: `way[i].to` is `way[i + 1].from`, and the last leads to the first. */
export function reportInversion(way: readonly OrderEdge[]): void {
  const edges = way.map((edge, at): WaitEdge => {
    const next = way[(at + 1) % way.length] ?? edge;
    return Object.freeze({
      waiter: edge.who,
      waitsFor: edge.toLabel,
      heldBy: next.who,
      waiterStack: edge.toStack,
      holderStack: next.fromStack,
    });
  });
  const lines = way.map(
    (edge) =>
      `\n- ${edge.who} acquired ${edge.toLabel} while it held ${edge.fromLabel}` +
      told(`${edge.fromLabel} acquired`, edge.fromStack) +
      told(`${edge.toLabel} acquired`, edge.toStack),
  );
  report({
    kind: "lock-order",
    message:
      `locks are taken in opposite orders (${way.map(({ fromLabel }) => fromLabel).join(", ")}): nothing is stuck yet, but tasks that ` +
      "do this at the same time wait for each other for ever. Take these locks in the same order everywhere, or hold one at a time" +
      lines.join(""),
    edges,
    stacks: edges
      .flatMap(({ waiterStack, holderStack }) => [holderStack, waiterStack])
      .filter((stack) => stack !== undefined),
  });
}
