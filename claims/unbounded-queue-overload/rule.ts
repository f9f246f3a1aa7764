import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** A request is late when it took twice as long as a full bounded queue takes to be served. */
const LATE_QUEUES = 2;
/** Latency that grows with time is 2.3 times as long in the last quarter as in the second, at a steady overload. */
const GROWS = 1.5;

export type Overload = {
  /** Requests that came, over what one server answered meanwhile. */
  readonly load: number;
  readonly capacity: number;
  /** What a service took. */
  readonly serviceMs: number;
  readonly rejectedShare: number;
  /** Latency of what was answered, by quarter of all answers. */
  readonly unboundedMs: readonly number[];
  readonly boundedMs: readonly number[];
  /**
   * Of the last quarter: what 95 % of the requests exceeded, and what 95 % and 75 % stayed under. Not 95 % for the bounded
   * queue: one stall of the machine reaches all that are queued, and those are a tenth of a quarter.
   */
  readonly unboundedP5Ms: number;
  readonly unboundedP95Ms: number;
  readonly boundedP75Ms: number;
  /** Requests in the queue, looked at in equal steps from start to end. */
  readonly unboundedLengths: readonly number[];
  readonly boundedLengths: readonly number[];
};

export const lateMs = ({ capacity, serviceMs }: Overload): number => LATE_QUEUES * (capacity + 1) * serviceMs;

/** Pure: both queues had the same arrivals, and the last quarter of the answers decides. */
export function decide(numbers: Overload): Decision {
  const { load, capacity, rejectedShare, unboundedMs, boundedMs } = numbers;
  const { unboundedP5Ms, unboundedP95Ms, boundedP75Ms, unboundedLengths } = numbers;
  const late = lateMs(numbers);
  const growth = (unboundedMs[3] ?? Number.NaN) / (unboundedMs[1] ?? Number.NaN);
  const ms = (value: number | undefined): string => `${(value ?? Number.NaN).toFixed(0)} ms`;
  const why = `at ${load.toFixed(1)} times the capacity the unbounded queue grew to ${(unboundedLengths.at(-1) ?? 0).toFixed(0)} and the median latency from ${ms(unboundedMs[0])} in the first quarter of the answers to ${ms(unboundedMs[3])} in the last, still growing; with room for ${capacity} it stayed at ${ms(boundedMs[3])} (three quarters within ${ms(boundedP75Ms)}), and ${(rejectedShare * 100).toFixed(0)} % were rejected at once`;
  const measured = effect(
    "median latency in the last quarter, unbounded over bounded queue",
    (unboundedMs[3] ?? Number.NaN) / (boundedMs[3] ?? Number.NaN),
  );
  if (unboundedP95Ms <= late || (boundedMs[3] ?? Number.NaN) > late) return refuted(why, measured);
  if (unboundedP5Ms > late && growth >= GROWS && boundedP75Ms <= late) return confirmed(why, measured);
  return undecided(why, measured);
}
