import {
  type BootstrapOptions,
  intervalOf,
  percentiles,
  resample,
  sortedFinite,
  union,
} from "./bootstrap.js";
import { mean, median, medianOfSorted, variance } from "./median.js";
import { random } from "./random.js";
import { tCritical } from "./student.js";

/**
 * An interval for how many times `a` is of `b`. Lists of equal length are paired by position (the runs of one round
 * saw the same box, so what disturbed both cancels out); otherwise the two are resampled apart.
 * Both of one run: `[ratio, ratio]`. Zeros make a ratio that no sample can pin down: `[0, Infinity]`.
 */
export function ratioInterval(
  a: readonly number[],
  b: readonly number[],
  options: BootstrapOptions = {},
): [number, number] {
  const ratio = ratioOf(a, b);
  if (a.length === b.length) {
    const ratios = pairedRatios(a, b);
    if (!ratios.every(isPositive)) return [0, Number.POSITIVE_INFINITY];
    return union(intervalOf(ratios, options, true), [ratio, ratio]);
  }
  const left = sortedFinite(a);
  const right = sortedFinite(b);
  if (![...left, ...right].every(isPositive)) return [0, Number.POSITIVE_INFINITY];
  const level = options.level ?? 0.95;
  const statistic = options.statistic ?? medianOfSorted;
  const chance = random(options.seed ?? 1);
  const draw = () => statistic(resample(left, chance)) / statistic(resample(right, chance));
  return union(percentiles(draw, level, options.resamples), welchInterval(left, right, level), [
    ratio,
    ratio,
  ]);
}

/** The ratio itself: the middle of the paired ratios, or the ratio of the medians. 0 against 0 is 1. */
export function ratioOf(a: readonly number[], b: readonly number[]): number {
  sortedFinite(a);
  sortedFinite(b);
  if (a.length !== b.length) return divide(median(a), median(b));
  const ratios = pairedRatios(a, b);
  // In logarithms, so that swapping the two gives exactly the inverse also for an even count.
  return ratios.every(isPositive) ? Math.exp(median(ratios.map(Math.log))) : median(ratios);
}

function pairedRatios(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, round) => divide(value, b[round] ?? Number.NaN));
}

function divide(a: number, b: number): number {
  return a === 0 && b === 0 ? 1 : a / b;
}

function isPositive(value: number): boolean {
  return value > 0 && value < Number.POSITIVE_INFINITY;
}

/** Welch's interval on logarithms. A side with one run is taken to spread like the other. */
function welchInterval(a: readonly number[], b: readonly number[], level: number): [number, number] {
  const left = a.map(Math.log);
  const right = b.map(Math.log);
  const one = Math.min(a.length, b.length) === 1;
  const spread = variance(a.length === 1 ? right : left);
  const ofA = (one ? spread : variance(left)) / a.length;
  const ofB = (one ? spread : variance(right)) / b.length;
  const error = Math.sqrt(ofA + ofB);
  const welch = (ofA + ofB) ** 2 / (ofA ** 2 / (a.length - 1) + ofB ** 2 / (b.length - 1));
  const degrees = one ? Math.max(a.length, b.length) - 1 : error === 0 ? 1 : welch;
  const reach = error === 0 ? 0 : tCritical(level, degrees) * error;
  const centre = mean(left) - mean(right);
  return [Math.exp(centre - reach), Math.exp(centre + reach)];
}
