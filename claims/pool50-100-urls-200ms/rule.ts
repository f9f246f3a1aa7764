import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** The claim: 100 URLs of 200 ms in about 200 ms, so one wait for all of them. */
export const CLAIMED_WAITS = 1;
export const WORKERS = 50;
/** Two waves take 2.0 waits at the least; 1.8 leaves room for timers that fire early. */
const TWO_WAVES = 1.8;
const ABOUT_ONE = 1.3;

export type PoolWaves = {
  readonly urls: number;
  readonly delayMs: number;
  readonly workers: readonly number[];
  /** Time for all URLs in waits of one URL, by number of workers. */
  readonly waits: readonly number[];
};

/** Pure: the pool of 50 decides; the other sizes show that it is waves. */
export function decide(numbers: PoolWaves): Decision {
  const { urls, delayMs, workers, waits } = numbers;
  const taken = waits[workers.indexOf(WORKERS)] ?? Number.NaN;
  const each = workers.map((count, at) => `${count} threads ${(waits[at] ?? Number.NaN).toFixed(2)}`);
  const why = `in units of one wait (${delayMs} ms), ${urls} URLs take: ${each.join(", ")}; ${WORKERS} threads need ${Math.ceil(urls / WORKERS)} waves, which is ${Math.ceil(urls / WORKERS) * 200} ms for waits of 200 ms`;
  const measured = effect(`time for all URLs with ${WORKERS} threads, in waits of one`, taken);
  if (taken >= TWO_WAVES) return refuted(why, measured);
  if (taken <= ABOUT_ONE) return confirmed(why, measured);
  return undecided(why, measured);
}
