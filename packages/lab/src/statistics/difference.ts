import type { BootstrapOptions } from "./bootstrap.js";
import { ratioInterval, ratioOf } from "./ratio.js";

export interface DifferenceOptions extends BootstrapOptions {
  /** Interval of the same ratio between two copies of one model: a difference must lie outside of it. */
  readonly noise?: readonly [number, number] | undefined;
}

export interface Difference {
  /** How many times `a` is of `b`. */
  readonly ratio: number;
  readonly interval: readonly [number, number];
  readonly verdict: "less" | "greater" | "tie";
  /** Runs of the side that has fewer; with 1 there is no interval, and only a factor of 1.5 is a difference. */
  readonly runs: number;
}

/** One run knows nothing of its own spread; cells of ours differ by up to this much between runs on a busy box. */
const ONE_RUN = 1.5;

/**
 * Whether `a` is less or more than `b`: only if the 95 % interval of the ratio excludes 1 and the ratio lies outside
 * what the box makes of two equal things. Everything else is a tie, however far apart the figures look.
 *
 * With 10 % noise between runs, a true factor of 2 is seen by two runs in 48 % of cases, by three in 98 %, by five
 * always; a factor of 1.3 by five in 80 %. Given the `spread` of twelve models (see `blockSpread`), two runs see the
 * factor of 2 in 99 % and three see 1.3 in 77 %. Equal things are called different in 3 to 5 %; in up to 10 % with a
 * spread taken from models a third as noisy as the two compared.
 * Pairing and errors: see `ratioInterval`.
 */
export function differs(
  a: readonly number[],
  b: readonly number[],
  options: DifferenceOptions = {},
): Difference {
  const ratio = ratioOf(a, b);
  const interval = ratioInterval(a, b, options);
  const runs = Math.min(a.length, b.length);
  const [low, high] = Math.max(a.length, b.length) === 1 ? [ratio / ONE_RUN, ratio * ONE_RUN] : interval;
  const [quietLow, quietHigh] = options.noise ?? [1, 1];
  if (high < 1 && ratio < quietLow) return { ratio, interval, verdict: "less", runs };
  if (low > 1 && ratio > quietHigh) return { ratio, interval, verdict: "greater", runs };
  return { ratio, interval, verdict: "tie", runs };
}
