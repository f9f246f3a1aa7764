import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** Of the requests sent during the callback, at most so many may be answered before its end... */
const BLOCKED = 0.05;
/** ...and from so many on it blocks nothing to speak of. */
const FREE = 0.5;

export type BlockedLoop = {
  readonly slowMs: number;
  /** Requests that were sent while the callback computed. */
  readonly during: number;
  /** The share of them that was answered before its end. */
  readonly answeredInline: number;
  readonly answeredPool: number;
  /** p99 of all quick requests, from the moment they were due. */
  readonly p99None: number;
  readonly p99Inline: number;
  readonly p99Pool: number;
};

/**
 * Pure: "every other request" is counted among those that came while the callback ran. A ratio of the p99s was
 * rejected: on a busy machine the p99 without any slow request is as long as the callback.
 */
export function decide(numbers: BlockedLoop): Decision {
  const { slowMs, during, answeredInline, answeredPool, p99None, p99Inline, p99Pool } = numbers;
  const measured = effect("p99 of quick requests beside a slow callback", p99Inline, "ms");
  const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
  const why = `of ${during.toFixed(0)} requests that came while a callback computed for ${slowMs} ms, ${percent(answeredInline)} were answered before its end; with the same work in a worker thread ${percent(answeredPool)}. The p99 of the quick ones is ${ms(p99Inline)} beside the callback, ${ms(p99Pool)} beside the worker and ${ms(p99None)} without any`;
  if (during < 10) return undecided(`too few requests came while it computed: ${why}`, measured);
  if (answeredInline >= FREE) return refuted(why, measured);
  if (answeredInline <= BLOCKED) return confirmed(why, measured);
  return undecided(why, measured);
}
