import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";
import { fitLevels } from "./fit.js";

/** The claim's place of the cliff, and how far off it may lie. */
export const CLAIMED_SHARE = 0.2;
const BREAKS = [0.15, 0.2, 0.25];
/** Akaike's difference from which the poorer description has no support left. */
const DECISIVE = 10;
/** A cliff lifts the p99 by half at least; less is a kerb. */
const LEAST_LIFT = 1.5;
/** Points that scatter more than this around the curve decide nothing. */
const MOST_SPREAD = 0.3;
/** How much the load must move the delay at 20 % CPU, so that the experiment was able to see anything. */
const LEAST_SWING = 2;

export type CpuShareCliff = {
  readonly totalMs: number;
  /** Utilization of the loop in the first sweep. */
  readonly load: number;
  readonly shares: readonly number[];
  readonly p99Ms: readonly number[];
  /** p99 of the same requests in a queue with one server, on paper. */
  readonly queueMs: readonly number[];
  /** Second sweep: 20 % CPU at these utilizations. */
  readonly loads: readonly number[];
  readonly loadP99Ms: readonly number[];
  /** Third: fixed rates, as requests in flight; the utilization is share times that. */
  readonly many: number;
  readonly manyShares: readonly number[];
  readonly manyP99Ms: readonly number[];
  readonly few: number;
  readonly fewShares: readonly number[];
  readonly fewP99Ms: readonly number[];
};

export interface Cliff {
  /** AIC of the smooth curve less that of the best cliff: above 10, the cliff explains the points better. */
  readonly deltaAic: number;
  /** The share up to which points lie before the cliff. */
  readonly at: number;
  /** By what factor the p99 rises there. */
  readonly lift: number;
  /** The step at the claimed share on top of the queue's curve, cliff or not: 1 is none. */
  readonly step: number;
  /** How far points scatter around the smooth curve: 0.1 is 10 %. */
  readonly spread: number;
}

/**
 * The smooth description is the queue's curve times one factor; the cliffs are two flat levels, or that same curve with
 * a step, each at 15, 20 or 25 %. The best of the six stands for the claim, and pays for the step and for the search.
 * In logarithms, because a cliff and the noise of a machine both multiply.
 */
export function cliffIn(
  shares: readonly number[],
  p99Ms: readonly number[],
  queueMs: readonly number[],
): Cliff {
  const plain = p99Ms.map((ms) => Math.log(ms));
  const overQueue = plain.map((log, at) => log - Math.log(queueMs[at] ?? Number.NaN));
  const isPast = (share: number) => (point: number) => (shares[point] ?? 0) > share + 1e-9;
  const smooth = fitLevels(overQueue, () => false, 1);
  const [below = 0, above = 0] = fitLevels(overQueue, isPast(CLAIMED_SHARE), 3).levels;
  const cliffs = BREAKS.flatMap((at) =>
    [plain, overQueue].map((logs) => {
      const described = fitLevels(logs, isPast(at), 3);
      const [before = 0, after = 0] = described.levels;
      return { at, aic: described.aic, lift: Math.exp(after - before) };
    }),
  );
  const best = cliffs.reduce((a, b) => (b.aic < a.aic ? b : a));
  return {
    deltaAic: smooth.aic - best.aic,
    at: best.at,
    lift: best.lift,
    step: Math.exp(above - below),
    spread: Math.exp(smooth.spread) - 1,
  };
}

/** Pure: the first sweep decides; the second shows that the experiment sees what does move the p99. */
export function decide(numbers: CpuShareCliff): Decision {
  const { shares, p99Ms, queueMs, load, loads, loadP99Ms, totalMs } = numbers;
  const cliff = cliffIn(shares, p99Ms, queueMs);
  const delays = loadP99Ms.map((ms) => Math.max(ms - totalMs, totalMs * 0.01));
  const swing = (delays.at(-1) ?? 0) / (delays[0] ?? Number.POSITIVE_INFINITY);
  const measured = effect("p99 past 20 % CPU work, against what a queue alone makes of it", cliff.step, "x");
  const moved = `with CPU work held at 20 %, a loop ${percent(loads.at(-1))} busy instead of ${percent(loads[0])} delays ${swing.toFixed(1)}x as long at p99`;
  const there = `on a loop that is ${percent(load)} busy`;
  if (cliff.deltaAic > DECISIVE && cliff.lift >= LEAST_LIFT) {
    const why = `${there}, p99 rises ${cliff.lift.toFixed(1)}x past ${percent(cliff.at)} CPU work, which a queue does not explain (AIC better by ${cliff.deltaAic.toFixed(0)} with the step); ${moved}`;
    return confirmed(why, measured);
  }
  if (cliff.spread > MOST_SPREAD || swing < LEAST_SWING) {
    const why = `the points scatter by ${percent(cliff.spread)} around the queue's curve, and the load moves the delay by ${swing.toFixed(1)}x: too little to tell`;
    return undecided(why, measured);
  }
  const range = `from ${ms(p99Ms[0])} to ${ms(p99Ms.at(-1))} ms between ${percent(shares[0])} and ${percent(shares.at(-1))} CPU work`;
  const bends = `${bend(numbers.manyShares, numbers.manyP99Ms)} with ${numbers.many} requests in flight and ${bend(numbers.fewShares, numbers.fewP99Ms)} with ${numbers.few}`;
  const why = `${there}, p99 goes ${range} along the curve of a queue (the points scatter by ${percent(cliff.spread)}; past 20 % it is ${cliff.step.toFixed(2)}x of what the queue makes of it); ${moved}. At a fixed rate the bend is where the loop gets full: p99 has tripled ${bends}`;
  return refuted(why, measured);
}

const percent = (part = Number.NaN): string => `${(part * 100).toFixed(0)} %`;
const ms = (value = Number.NaN): string => value.toFixed(1);

/** Where a curve has tripled. */
function bend(shares: readonly number[], p99Ms: readonly number[]): string {
  const from = p99Ms[0] ?? Number.NaN;
  const at = shares[p99Ms.findIndex((value) => value > 3 * from)];
  return at === undefined ? "nowhere" : `at ${percent(at)} CPU work`;
}
