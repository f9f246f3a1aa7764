import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

/** From which ratio of the two p99 one of the models is the more predictable one. */
const CLEARLY = 1.25;
/** Requests that computed so much longer than they should ran on a slower core than the one that was measured. */
const MOST_STRETCH = 1.25;

export type AsyncPredictable = {
  /** Utilization of the one core. */
  readonly load: number;
  /** Computing per request, the same in every point. */
  readonly meanMs: number;
  /** Sweep: what one request in a hundred computes; the first value is the mean, so that all are equal. */
  readonly longestMs: readonly number[];
  /** p99 of all the other requests. */
  readonly loopP99Ms: readonly number[];
  readonly threadP99Ms: readonly number[];
  /** How long requests computed on the loop over how long they should: above 1, the core got slower meanwhile. */
  readonly stretch: readonly number[];
};

/**
 * Pure. The p99 themselves are compared, not their ratios to the median: work, core and arrivals are the same for both,
 * and a model that also delays the median would seem predictable by such a ratio.
 */
export function decide(numbers: AsyncPredictable): Decision {
  const { longestMs, loopP99Ms, threadP99Ms, stretch, meanMs, load } = numbers;
  const overLoop = longestMs.map((_, at) => (threadP99Ms[at] ?? 0) / (loopP99Ms[at] ?? 1));
  const measured = effect(
    `p99 of the event loop over threads, one request in 100 computing ${longestMs.at(-1)} ms`,
    1 / (overLoop.at(-1) ?? Number.NaN),
    "x",
  );
  const at = (index: number): string =>
    `${(loopP99Ms.at(index) ?? Number.NaN).toFixed(1)} ms on the event loop and ${(threadP99Ms.at(index) ?? Number.NaN).toFixed(1)} ms with threads`;
  const why = `on one core, ${(load * 100).toFixed(0)} % busy, the p99 is ${at(0)} when every request computes ${meanMs} ms, and ${at(-1)} when one in 100 computes ${longestMs.at(-1)} ms at the same mean`;
  if (Math.max(...stretch) > MOST_STRETCH) {
    return undecided(`${why}, but the core got slower in between`, measured);
  }
  const loopWins = overLoop.some((ratio) => ratio >= CLEARLY);
  const threadsWin = overLoop.some((ratio) => ratio <= 1 / CLEARLY);
  if (loopWins && threadsWin) return depends("the variance of the CPU work per request", why, measured);
  if (loopWins) return confirmed(why, measured);
  if (threadsWin) return refuted(why, measured);
  return undecided(why, measured);
}
