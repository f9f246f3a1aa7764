import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** The claim's figure, MB. */
export const CLAIMED_MB = 400;
/** Half of the figure is the least that "about" can mean, and twice the figure the most. */
const FACTOR = 2;

export type Goroutines100k = {
  readonly goroutines: number;
  /** Peak growth of the process when each ends at once, MiB, and the most that were alive at a time. */
  readonly endingMb: number;
  readonly endingAlive: number;
  /** The same when all of them sleep at once. */
  readonly sleepingMb: number;
};

/** Pure. The program of the claim decides; sleeping ones show what another program would have taken. */
export function decide(numbers: Goroutines100k): Decision {
  const { goroutines, endingMb, endingAlive, sleepingMb } = numbers;
  const why = `started in a loop, ${goroutines} goroutines that end at once take ${endingMb.toFixed(0)} MB at the peak, since about ${endingAlive} at most are alive at a time and the ended ones are used again; if all sleep at once they take ${sleepingMb.toFixed(0)} MB, ${((sleepingMb * 1_024) / goroutines).toFixed(1)} KB each`;
  const measured = effect("peak memory of 100,000 goroutines that end at once", endingMb, "MB");
  if (endingMb < CLAIMED_MB / FACTOR) return refuted(why, measured);
  if (endingMb <= CLAIMED_MB * FACTOR) return confirmed(why, measured);
  return undecided(why, measured);
}
