import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** Of the abandoned goroutines: with so many still there all of them leak. */
const ALL = 0.99;
/** With so few, they end by themselves. */
const FEW = 0.1;

export type GoroutineLeak = {
  /** Requests so far, one value per batch. */
  readonly requests: readonly number[];
  /** Goroutines more than before the first request: the channel is never read; has room for one; the sender is cancelled. */
  readonly unread: readonly number[];
  readonly buffered: readonly number[];
  readonly cancelled: readonly number[];
  /** Those of `unread` after two more garbage collections. */
  readonly afterGc: number;
  /** Heap and stack of one that leaked. */
  readonly bytes: number;
  /** The largest group of the goroutine profile, and the function that it stands in. */
  readonly profiled: number;
  readonly place: string;
};

export function decide(numbers: GoroutineLeak): Decision {
  const { requests, unread, buffered, cancelled, afterGc, bytes, profiled, place } = numbers;
  const all = requests.at(-1) ?? 0;
  const cured = Math.max(...buffered, ...cancelled);
  const kb = (bytes / 1024).toFixed(1);
  const why = `after ${all} requests that gave up, ${unread.at(-1) ?? 0} goroutines were left and ${afterGc} after two garbage collections, ${kb} KB each; with room for one answer in the channel, or a context that is cancelled, ${cured}. The goroutine profile counts ${profiled} in ${place}`;
  const measured = effect("memory of a goroutine that leaked, with the answer it holds", bytes / 1024, "KB");
  const grows = requests.every((count, at) => (unread[at] ?? 0) >= count * ALL);
  if (afterGc <= all * FEW) return refuted(why, measured);
  if (grows && afterGc >= all * ALL && cured <= all * FEW) return confirmed(why, measured);
  return undecided(why, measured);
}
