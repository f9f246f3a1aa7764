import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

/** From this share of the rounds on, opposite orders as good as always deadlock. */
const ALWAYS = 0.95;
/** Below it the same code went well more often than not. */
const SELDOM = 0.5;

export type LockOrderDeadlock = {
  /** Of the programs that forced the bad moment (each thread holds its first lock): how many, and how many of them hung. */
  readonly forced: number;
  readonly forcedHung: number;
  /** The same programs with one order for both threads. */
  readonly sameHung: number;
  /** For how long a thread held its first lock before it asked for the second, and the share of rounds that deadlocked. */
  readonly gapsMs: readonly number[];
  readonly shares: readonly number[];
  /** Threads start at a random moment of it. */
  readonly windowMs: number;
  /** Milliseconds until @heddle/runtime reported the deadlock; -1 if it did not. */
  readonly reportedMs: number;
  /** Links of the reported circle. */
  readonly edges: number;
  /** Reports of opposite orders in a run in which nothing got stuck. */
  readonly inversions: number;
};

export function decide(numbers: LockOrderDeadlock): Decision {
  const { forced, forcedHung, sameHung, gapsMs, shares, windowMs, reportedMs, edges, inversions } = numbers;
  const least = Math.min(...shares);
  const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 && share > 0 ? 1 : 0)} %`;
  const swept = gapsMs.map((gap, at) => `${percent(shares[at] ?? 0)} at ${gap} ms`).join(", ");
  const told =
    reportedMs < 0
      ? "@heddle/runtime reported no deadlock"
      : `@heddle/runtime named the ${edges} waits of the circle after ${reportedMs.toFixed(0)} ms`;
  const early = inversions > 0 ? ", and the opposite orders in a run in which nothing got stuck" : "";
  const why = `with both first locks held, ${forcedHung} of ${forced} programs hung, and ${sameHung} of ${forced} with one order; threads that started at random within ${windowMs} ms deadlocked in ${swept} between the two locks. ${told}${early}`;
  const measured = effect(
    `share of rounds left to chance that deadlock, ${gapsMs[1]} ms between the two locks`,
    shares[1] ?? 0,
  );
  if (forcedHung < forced) return refuted(why, measured);
  if (sameHung > 0) return undecided(why, measured);
  if (least >= ALWAYS) return confirmed(why, measured);
  if (least < SELDOM) return depends("whether both threads hold their first lock at once", why, measured);
  return undecided(why, measured);
}
