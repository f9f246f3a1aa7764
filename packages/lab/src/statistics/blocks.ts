import { mean } from "./median.js";

/** How much a run differs from what its model and its round make one expect, in logarithms. */
export interface Spread {
  readonly variance: number;
  readonly degrees: number;
}

/**
 * The spread between runs, pooled over all models of a randomised complete block design: every round measured each
 * model once, so what a round did to all of them is taken out (two-way analysis of variance, the residual mean square
 * with (models - 1) * (rounds - 1) degrees of freedom). `rows[m][r]` is model m in round r.
 * It assumes that models spread about alike on one box. Null when there are fewer than two of either, or a row has a
 * gap or a value that has no logarithm.
 */
export function blockSpread(rows: readonly (readonly number[])[]): Spread | null {
  const rounds = rows[0]?.length ?? 0;
  const usable = rows.every((row) => row.length === rounds && row.every((value) => value > 0));
  if (rows.length < 2 || rounds < 2 || !usable) return null;
  const logs = rows.map((row) => row.map(Math.log));
  const ofModel = logs.map(mean);
  const ofRound = Array.from({ length: rounds }, (_, round) => mean(logs.map((row) => row[round] ?? 0)));
  const overall = mean(ofModel);
  let squares = 0;
  logs.forEach((row, model) => {
    row.forEach((value, round) => {
      squares += (value - (ofModel[model] ?? 0) - (ofRound[round] ?? 0) + overall) ** 2;
    });
  });
  const degrees = (rows.length - 1) * (rounds - 1);
  return { variance: squares / degrees, degrees };
}
