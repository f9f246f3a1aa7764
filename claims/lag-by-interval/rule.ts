import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

export const INTERVAL_MS = 100;
/** Milliseconds. What is shorter than the interval decides; the longer ones show from where on it sees. */
export const LENGTHS = [5, 10, 20, 40, 60, 100, 200] as const;
/** The histogram ticks every 10 ms, so it cannot see half of a block that is shorter than this. */
const SEEN_FROM_MS = 20;

const FINDS = 0.9;
const MISSES = 0.5;

/** Shares of the blocks that each detector found, by LENGTHS. */
export type LagByInterval = {
  readonly interval: readonly number[];
  readonly histogram: readonly number[];
  readonly monitor: readonly number[];
};

/** Pure: a timer of 100 ms meets a block of b ms once in 100 / b times, whatever the machine. */
export function decide({ interval, histogram, monitor }: LagByInterval): Decision {
  const short = mean(interval, (ms) => ms < INTERVAL_MS);
  const seen = mean(histogram, (ms) => ms >= SEEN_FROM_MS);
  const measured = effect("blocks of 5 to 60 ms that the interval finds", short * 100, "%");
  const each = LENGTHS.map((ms, at) => `${percent(interval[at] ?? Number.NaN)} of ${ms} ms`).join(", ");
  const why = `setInterval(${INTERVAL_MS}) finds ${percent(short)} of the blocks shorter than itself (${each}); of those from ${SEEN_FROM_MS} ms on monitorEventLoopDelay finds ${percent(seen)} and the monitor of @heddle/runtime ${percent(mean(monitor, (ms) => ms >= SEEN_FROM_MS))}`;
  if (short >= FINDS) return confirmed(why, measured);
  if (seen < FINDS) return undecided(`nothing here sees the blocks: ${why}`, measured);
  if (short < MISSES) return refuted(why, measured);
  return depends("the length of the block", why, measured);
}

function mean(shares: readonly number[], of: (ms: number) => boolean): number {
  const chosen = shares.filter((_, at) => of(LENGTHS[at] ?? Number.NaN));
  return chosen.reduce((sum, share) => sum + share, 0) / chosen.length;
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
