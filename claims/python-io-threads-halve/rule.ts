import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** The text's figures, in ms. */
export const TEXT = { sequence: 2140, threads: 1080 } as const;
/** A half, with room for a busy machine. Were the GIL held while waiting, it would be 1. */
const HALF = 0.65;
const NO_GAIN = 0.85;

export type Waits = {
  /** What the server takes to answer, ms. */
  readonly delayMs: number;
  /** Two requests, one after the other, ms. */
  readonly sequenceMs: number;
  readonly threads: readonly number[];
  /** As many requests as threads, at the same time, ms; the first is for two. */
  readonly threadedMs: readonly number[];
};

/** Pure: two threads decide; more of them are told. */
export function decide({ delayMs, sequenceMs, threads, threadedMs }: Waits): Decision {
  const two = threadedMs[0] ?? Number.NaN;
  const share = two / sequenceMs;
  const measured = effect("two requests on two threads over the same in sequence", share, "x");
  const why = `two requests of ${delayMs} ms take ${sequenceMs.toFixed(0)} ms in sequence and ${two.toFixed(0)} ms on two threads (${share.toFixed(2)}x; the text: ${(TEXT.threads / TEXT.sequence).toFixed(2)}x), and ${threads.at(-1) ?? 0} of them on as many threads take ${(threadedMs.at(-1) ?? 0).toFixed(0)} ms`;
  if (share <= HALF) return confirmed(why, measured);
  return share >= NO_GAIN ? refuted(why, measured) : undecided(why, measured);
}
