import { type Difference, differs } from "../statistics/difference.js";
import { type Contender, middle } from "./contender.js";
import { type ByRound, paired } from "./runs.js";

export interface Ranking {
  readonly winner: Contender;
  readonly runnerUp: Contender | null;
  /** All whose CPU cannot be told apart from the winner's. */
  readonly ties: readonly string[];
  /** What set the winner apart from the runner-up. */
  readonly by: "cpu" | "memory" | "p99" | "alone";
}

/**
 * The cheapest first: by CPU per task; among those that cannot be told apart from the cheapest, by peak memory; among
 * those that cannot be told apart in memory either, by p99. A tie is not transitive, so ties are always counted
 * against the cheapest one, never along a chain. A model whose CPU was not measured comes after all that have it.
 */
export function rank(contenders: readonly Contender[]): Ranking | null {
  const winner = lead(contenders);
  if (winner === null) return null;
  const rest = contenders.filter((other) => other !== winner);
  const runnerUp = lead(rest);
  const ties = rest.filter((other) => compare(other.cpu, winner.cpu)?.verdict === "tie");
  return {
    winner,
    runnerUp,
    ties: ties.map((other) => other.model),
    by: runnerUp === null ? "alone" : deciding(winner, runnerUp),
  };
}

/** How many times the first is of the second; null when one of them was not measured. */
export function compare(a: ByRound, b: ByRound): Difference | null {
  return a.size === 0 || b.size === 0 ? null : differs(...paired(a, b));
}

function lead(contenders: readonly Contender[]): Contender | null {
  const byCpu = tiedWithLeast(contenders, (contender) => contender.cpu);
  const byMemory = tiedWithLeast(byCpu, (contender) => contender.memory);
  const byName = byMemory.toSorted((a, b) => (a.model < b.model ? -1 : 1));
  return byName.reduce<Contender | null>(
    (best, next) => (best === null || next.p99Ms < best.p99Ms ? next : best),
    null,
  );
}

function tiedWithLeast(
  contenders: readonly Contender[],
  pick: (contender: Contender) => ByRound,
): Contender[] {
  const known = contenders.filter((contender) => pick(contender).size > 0);
  const order = known.toSorted((a, b) => (middle(pick(a)) ?? 0) - (middle(pick(b)) ?? 0));
  const [least] = order;
  if (least === undefined) return [...contenders];
  return known.filter(
    (contender) => contender === least || compare(pick(contender), pick(least))?.verdict !== "greater",
  );
}

function deciding(winner: Contender, other: Contender): "cpu" | "memory" | "p99" {
  const cpu = compare(other.cpu, winner.cpu);
  if (cpu === null || cpu.verdict === "greater") return "cpu";
  const memory = compare(other.memory, winner.memory);
  return memory !== null && memory.verdict === "greater" ? "memory" : "p99";
}
