import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** A burst stalls everyone if so many of the other connections' requests wait for its end. */
const EVERYONE = 0.95;
const HALF = 0.5;
/** Without a burst, no more than this may be late; else the machine is what stalls. */
const MOST_QUIET = 0.2;

export type BurstStalls = {
  readonly connections: number;
  readonly burstMs: number;
  /** Of the requests sent on all other connections during a burst: the part that waits for 40 % of its length or more. */
  readonly loopLate: number;
  /** The same with the burst computed by a pool, and without any burst. */
  readonly poolLate: number;
  readonly quietLate: number;
  /** Sweep: percent of the requests that are bursts; the latency of all others. */
  readonly percents: readonly number[];
  readonly p99Ms: readonly number[];
  readonly maxMs: readonly number[];
  readonly quietP99Ms: number;
  /** With the bursts in a pool, at the last of the percents. */
  readonly poolP99Ms: number;
  readonly poolMaxMs: number;
};

/** Pure: what one burst does to all others decides; the sweep tells from when it shows in the p99. */
export function decide(numbers: BurstStalls): Decision {
  const { connections, burstMs, loopLate, poolLate, quietLate, percents, p99Ms, maxMs } = numbers;
  const measured = effect("requests on other connections that one burst stalls", loopLate * 100, "%");
  const percent = (part: number): string => `${(part * 100).toFixed(0)} %`;
  const ms = (value = Number.NaN): string => value.toFixed(0);
  const during = `a burst of ${burstMs} ms on the loop makes ${percent(loopLate)} of the requests on ${connections} other connections wait (without a burst ${percent(quietLate)}, with the burst in a pool ${percent(poolLate)})`;
  const swept = `one burst in ${(100 / (percents[0] ?? 1)).toFixed(0)} requests raises the maximum of the others to ${ms(maxMs[0])} ms, one in ${(100 / (percents.at(-1) ?? 1)).toFixed(0)} their p99 from ${numbers.quietP99Ms.toFixed(1)} to ${ms(p99Ms.at(-1))} ms (${numbers.poolP99Ms.toFixed(1)} ms with a pool)`;
  const why = `${during}; ${swept}`;
  if (quietLate > MOST_QUIET) return undecided(`${why}: this machine stalls by itself`, measured);
  if (loopLate >= EVERYONE) return confirmed(why, measured);
  if (loopLate <= HALF) return refuted(why, measured);
  return undecided(why, measured);
}
