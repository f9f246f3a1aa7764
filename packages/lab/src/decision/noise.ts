import type { CellWorkload, CompareResult } from "../result/schema.js";
import { median } from "../statistics/median.js";
import { ratioInterval, ratioOf } from "../statistics/ratio.js";

/** The per-run figures of one member of an A/A pair, in rounds: both members' lists are in the same order. */
export interface NoiseMember {
  readonly p50: readonly number[];
  readonly p99: readonly number[];
}

/** The same model measured as two. */
export interface NoisePair {
  readonly workload: CellWorkload;
  readonly model: string;
  readonly a: NoiseMember;
  readonly b: NoiseMember;
}

const QUIET = 1.1;

/**
 * What the box makes of two equal things. Pairs without a run are left out.
 *
 * `quiet`: for p50 and p99 alike, the middle ratio lies within 1/1.1 and 1.1, and so does the ratio of the typical
 * pair of runs, whichever of the two was slower. Not the interval: with three runs even a box whose runs differ by 5 %
 * has a 95 % interval of about 0.85 to 1.18, and a gate that always shuts says nothing. The interval is given beside it.
 */
export function judgeNoise(pairs: readonly NoisePair[]): CompareResult["noise"] {
  return pairs.flatMap(({ workload, model, a, b }) => {
    if (Math.min(a.p50.length, b.p50.length, a.p99.length, b.p99.length) === 0) return [];
    const quiet = isQuiet(a.p50, b.p50) && isQuiet(a.p99, b.p99);
    return [{ workload, model, p50Ratio: ratio(a.p50, b.p50), p99Ratio: ratio(a.p99, b.p99), quiet }];
  });
}

function ratio(a: readonly number[], b: readonly number[]): CompareResult["noise"][number]["p99Ratio"] {
  const [low, high] = ratioInterval(a, b);
  // Infinity does not survive JSON; a ratio to zero is unbounded, and a million says as much.
  return { value: Math.min(ratioOf(a, b), 1e6), interval: [low, Math.min(high, 1e6)] };
}

function isQuiet(a: readonly number[], b: readonly number[]): boolean {
  const apart = Math.abs(Math.log(ratioOf(a, b)));
  const runs = Math.min(a.length, b.length);
  const typical = median(
    Array.from({ length: runs }, (_, run) =>
      Math.abs(Math.log(ratioOf(a.slice(run, run + 1), b.slice(run, run + 1)))),
    ),
  );
  return apart <= Math.log(QUIET) && typical <= Math.log(QUIET);
}
