import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** The text's range for 1000 threads that sleep 10 ms, ms. */
export const TEXT = { from: 12, to: 18 } as const;
/** With a little room above it. The line is absolute, as the claim is: 8 µs for a thread's whole life. */
const WITHIN = 20;
const ABOVE = 25;

export type ManySleep = {
  /** Ascending; the last is 1000. */
  readonly counts: readonly number[];
  /** From the first start to the last join, best of the rounds, ms. */
  readonly plainMs: readonly number[];
  readonly tracedMs: readonly number[];
  /** What starting the last number of threads took alone, without tracemalloc, ms. */
  readonly startsMs: number;
};

/** Pure: the better of both forms decides, so that tracemalloc alone cannot refute it. */
export function decide({ counts, plainMs, tracedMs, startsMs }: ManySleep): Decision {
  const many = counts.at(-1) ?? Number.NaN;
  const plain = plainMs.at(-1) ?? Number.NaN;
  const traced = tracedMs.at(-1) ?? Number.NaN;
  const best = Math.min(plain, traced);
  const measured = effect(`${many} threads that sleep 10 ms, total`, best, "ms");
  const each = (startsMs / many) * 1000;
  const why = `${many} threads that sleep 10 ms take ${plain.toFixed(0)} ms in total, ${traced.toFixed(0)} ms under tracemalloc as in the text; ${startsMs.toFixed(0)} ms of it goes by while they are started one by one (${each.toFixed(0)} µs each)`;
  if (best <= WITHIN) return confirmed(why, measured);
  return best >= ABOVE ? refuted(why, measured) : undecided(why, measured);
}
