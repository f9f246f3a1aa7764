import { blockSpread, type Spread } from "../statistics/blocks.js";
import { type Difference, differs } from "../statistics/difference.js";
import { type Contender, middle } from "./contender.js";
import { type ByRound, paired } from "./runs.js";

export interface Ranking {
  readonly winner: Contender;
  readonly runnerUp: Contender | null;
  /** All whose CPU cannot be told apart from the winner's. */
  readonly ties: readonly string[];
  /** CPU of the runner-up over that of the winner; null when there is none, or one was not measured. */
  readonly apart: Difference | null;
  /** What set the winner apart from the runner-up. */
  readonly by: "cpu" | "memory" | "p99" | "alone";
}

type Pick = (contender: Contender) => ByRound;
const CPU: Pick = (contender) => contender.cpu;
const MEMORY: Pick = (contender) => contender.memory;

/**
 * The cheapest first: by CPU per task; among those that cannot be told apart from the cheapest, by peak memory; among
 * those that cannot be told apart in memory either, by p99. A tie is not transitive, so ties are always counted
 * against the cheapest one, never along a chain. A model whose CPU was not measured comes after all that have it.
 * `measured` are all contenders of the same rounds, also those that do not qualify: with two or three runs each, the
 * spread between runs is judged by all of them together (see `blockSpread`).
 */
export function rank(
  contenders: readonly Contender[],
  measured: readonly Contender[] = contenders,
): Ranking | null {
  const spreads: Spreads = new Map([CPU, MEMORY].map((pick) => [pick, spreadOf(measured, pick)]));
  const winner = lead(contenders, spreads);
  if (winner === null) return null;
  const rest = contenders.filter((other) => other !== winner);
  const runnerUp = lead(rest, spreads);
  const ties = rest.filter((other) => compare(other, winner, CPU, spreads)?.verdict === "tie");
  return {
    winner,
    runnerUp,
    ties: ties.map((other) => other.model),
    apart: runnerUp === null ? null : compare(runnerUp, winner, CPU, spreads),
    by: runnerUp === null ? "alone" : deciding(winner, runnerUp, spreads),
  };
}

type Spreads = ReadonlyMap<Pick, Spread | null>;

/** Of the contenders that have every round; a single one that lacks a round must not take the pooling from all. */
function spreadOf(contenders: readonly Contender[], pick: Pick): Spread | null {
  const values = contenders.map(pick);
  const rounds = [...new Set(values.flatMap((each) => [...each.keys()]))];
  const whole = values.filter((each) => rounds.every((round) => (each.get(round) ?? 0) > 0));
  return blockSpread(whole.map((each) => rounds.map((round) => each.get(round) ?? 0)));
}

/** How many times the first is of the second; null when one of them was not measured. */
function compare(a: Contender, b: Contender, pick: Pick, spreads: Spreads): Difference | null {
  const [of, against] = [pick(a), pick(b)];
  if (of.size === 0 || against.size === 0) return null;
  return differs(...paired(of, against), { spread: spreads.get(pick) });
}

function lead(contenders: readonly Contender[], spreads: Spreads): Contender | null {
  const byCpu = tiedWithLeast(contenders, CPU, spreads);
  const byMemory = tiedWithLeast(byCpu, MEMORY, spreads);
  const byName = byMemory.toSorted((a, b) => (a.model < b.model ? -1 : 1));
  return byName.reduce<Contender | null>(
    (best, next) => (best === null || next.p99Ms < best.p99Ms ? next : best),
    null,
  );
}

function tiedWithLeast(contenders: readonly Contender[], pick: Pick, spreads: Spreads): Contender[] {
  const known = contenders.filter((contender) => pick(contender).size > 0);
  const order = known.toSorted((a, b) => (middle(pick(a)) ?? 0) - (middle(pick(b)) ?? 0));
  const [least] = order;
  if (least === undefined) return [...contenders];
  return known.filter(
    (contender) => contender === least || compare(contender, least, pick, spreads)?.verdict !== "greater",
  );
}

function deciding(winner: Contender, other: Contender, spreads: Spreads): "cpu" | "memory" | "p99" {
  const cpu = compare(other, winner, CPU, spreads);
  if (cpu === null || cpu.verdict === "greater") return "cpu";
  return compare(other, winner, MEMORY, spreads)?.verdict === "greater" ? "memory" : "p99";
}
