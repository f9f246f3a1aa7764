import type { Cell, CellRun } from "../result/schema.js";

/** A figure of each run that counts, by round. */
export type ByRound = ReadonlyMap<number, number>;

/** What `pick` finds in the runs of a cell that are not void; rounds where it finds nothing are left out. */
export function byRound(cell: Cell, pick: (run: CellRun) => number | null): ByRound {
  const found = new Map<number, number>();
  for (const run of cell.perRun) {
    const value = run.void === null ? pick(run) : null;
    if (value !== null && Number.isFinite(value)) found.set(run.round, value);
  }
  return found;
}

/**
 * Two lists for a ratio: paired by round where at least two rounds (or all there are) have both, because the runs of
 * one round saw the same box; otherwise everything each side has, unpaired.
 */
export function paired(a: ByRound, b: ByRound): readonly [readonly number[], readonly number[]] {
  const rounds = [...a.keys()].filter((round) => b.has(round));
  if (rounds.length >= Math.min(2, a.size, b.size)) {
    return [rounds.map((round) => a.get(round) ?? 0), rounds.map((round) => b.get(round) ?? 0)];
  }
  return [[...a.values()], [...b.values()]];
}
