import { median, quantile } from "./quantile.mjs";
import { random } from "./random.mjs";

const RESAMPLES = 2_000;

/**
 * Ours over theirs: the median of the ratios of runs that lay next to each other, and its 95 % percentile-bootstrap
 * interval. With n runs the interval cannot be narrower than what n runs know: at 5 it is close to the whole range.
 */
export function ratioOf(ours, theirs) {
  const pairs = Math.min(ours.length, theirs.length);
  const ratios = Array.from({ length: pairs }, (_, run) => ours[run] / theirs[run]);
  const chance = random(pairs);
  const medians = Array.from({ length: RESAMPLES }, () =>
    median(ratios.map(() => ratios[Math.floor(chance() * pairs)])),
  );
  return { ratio: median(ratios), low: quantile(medians, 0.025), high: quantile(medians, 0.975), pairs };
}
