import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** The source's sum: each thread is switched once per millisecond, however many there are. */
export const CLAIMED_PER_THREAD = 1_000;
/** What it takes for the price of one. */
export const CLAIMED_US = 10;
const FAR_BELOW = 0.1;
/** With less of a core than this, other work on the machine left them too little to count. */
const LEAST_CORES = 0.005;

export type SpinningThreads = {
  readonly cores: number;
  /** How many computed at once. */
  readonly threads: readonly number[];
  /** Switches per second if they had all cores to themselves. */
  readonly switchesPerS: readonly number[];
  /** Of these switches, the share that the kernel forced: the slice was over. */
  readonly involuntary: readonly number[];
  /** Cores that they really had while counted; others may have been at work. */
  readonly coresUsed: readonly number[];
};

export function decide(numbers: SpinningThreads): Decision {
  const threads = numbers.threads.at(-1) ?? Number.NaN;
  const found = numbers.switchesPerS.at(-1) ?? Number.NaN;
  const claimed = threads * CLAIMED_PER_THREAD;
  const measured = effect(`switches per second of ${threads} threads that all compute`, found, "/s");
  const whole = (count: number): string => Math.round(count).toLocaleString("en");
  if ((numbers.coresUsed.at(-1) ?? 0) < LEAST_CORES)
    return undecided(
      "other work on the machine left the threads too little CPU time to count switches",
      measured,
    );
  const paid = (found * CLAIMED_US) / 1e6;
  const why =
    `${whole(threads)} threads that all compute make ${whole(found)} switches per second on ${numbers.cores} cores, not ${whole(claimed)}; ${whole(numbers.threads[0] ?? 0)} of them make ${whole(numbers.switchesPerS[0] ?? 0)}. ` +
    `${((numbers.involuntary.at(-1) ?? 0) * 100).toFixed(0)} % of the switches are involuntary: a core switches at the end of a slice, not once per thread: even at ${CLAIMED_US} µs each that is ${(paid * 100).toFixed(1)} % of one core, where the claim has ${((claimed * CLAIMED_US) / 1e6).toFixed(0)} s of CPU per second`;
  if (found < claimed * FAR_BELOW) return refuted(why, measured);
  if (found >= claimed / 2) return confirmed(why, measured);
  return undecided(why, measured);
}
