import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

/** Slots of the services without timeouts; all but the widest are only for the sweep of when they stall. */
export const SLOTS = [1, 2, 4, 8] as const;
/** One call of so many hangs for ever. */
export const HANGS_ONE_IN = 20;

/** Answered of the last quarter of the requests: at most so much is a stalled service... */
const STALLED = 0.05;
/** ...and at least so much one that works. */
const WORKS = 0.8;

export type TimeoutsNeeded = {
  readonly requests: number;
  /** Share answered of the last quarter of the requests, without timeouts, by SLOTS. */
  readonly late: readonly number[];
  /** All answers before the stall, by SLOTS. */
  readonly answered: readonly number[];
  readonly answeredHealthy: number;
  readonly answeredCure: number;
  /** Without slots and timeouts: the same share, and the calls that it holds for good at the end. */
  readonly lateUnbounded: number;
  readonly heldUnbounded: number;
  /** No call hangs, no timeouts, most slots. */
  readonly lateHealthy: number;
  /** Calls hang and have timeouts, most slots. */
  readonly lateCure: number;
};

/** Pure: the slots are swept. A service without slots only piles up calls: no run is long enough to see it stall. */
export function decide(numbers: TimeoutsNeeded): Decision {
  const { requests, late, answered, lateUnbounded, heldUnbounded, lateHealthy, lateCure } = numbers;
  const widest = late.at(-1) ?? Number.NaN;
  const measured = effect(
    `answered of the last quarter without timeouts, with ${SLOTS.at(-1)} slots`,
    widest * 100,
    "%",
  );
  const counts = answered.map((count, at) => `${count.toFixed(0)} with ${SLOTS[at]}`).join(", ");
  const why = `one call in ${HANGS_ONE_IN} hangs. Without timeouts the service answers of ${requests} requests ${counts} slots, and ${percent(widest)} of the last quarter; with timeouts ${percent(lateCure)} of it, and where nothing hangs ${percent(lateHealthy)}. Without slots it answers ${percent(lateUnbounded)} and holds ${heldUnbounded.toFixed(0)} calls for good`;
  if (lateHealthy < WORKS) return undecided(`even where nothing hangs it does not keep up: ${why}`, measured);
  const stalled = late.filter((share) => share <= STALLED).length;
  if (stalled === late.length) return confirmed(why, measured);
  if (late.every((share) => share >= WORKS)) return refuted(why, measured);
  return depends("how many slots it has", why, measured);
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
