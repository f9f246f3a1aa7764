import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

export const CLAIMED_P50_MS = 10.1;
export const CLAIMED_P99_MS = 12.5;
export const CLAIMED_MB = [2, 5] as const;

export type GoFigures = {
  readonly tasks: number;
  /** Latencies that the text's code gave, and how many of them were no whole number. */
  readonly printed: number;
  readonly withFraction: number;
  readonly printedP50Ms: number;
  readonly printedP99Ms: number;
  readonly printedMb: number;
  /** The same code when a garbage collection falls between its two readings. */
  readonly afterCollectionMb: number;
  /** By a clock of nanoseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Resident memory that the sleeping goroutines added; null where the system does not tell. */
  readonly residentMb: number | null;
  readonly stacksMb: number;
};

/** Pure: 10.1 and 12.5 are no whole numbers, so a code that only gives whole ones cannot have given them. */
export function decide(numbers: GoFigures): Decision {
  const { printed, withFraction, printedP50Ms, printedP99Ms, printedMb, p50Ms, p99Ms } = numbers;
  const { residentMb, stacksMb, afterCollectionMb } = numbers;
  const ms = (value: number): string => `${value.toFixed(2)} ms`;
  const measured = effect(
    "latencies with a fraction of a millisecond, of all that the text's code gave",
    withFraction / printed,
  );
  const resident = residentMb === null ? "" : `, ${residentMb.toFixed(1)} MB resident`;
  const truth = `by a clock of nanoseconds p50 is ${ms(p50Ms)} and p99 ${ms(p99Ms)}${resident}`;
  if (withFraction === 0) {
    const wrapped =
      afterCollectionMb > 1e6
        ? `, or ${Math.round(afterCollectionMb).toLocaleString("en-US")} MB if a collection falls in between`
        : "";
    return refuted(
      `all ${printed.toFixed(0)} latencies that this code gives are whole milliseconds (p50 ${printedP50Ms.toFixed(0)}, p99 ${printedP99Ms.toFixed(0)}), so it cannot give ${CLAIMED_P50_MS} or ${CLAIMED_P99_MS}; as memory it gives ${printedMb.toFixed(2)} MB, without the ${stacksMb.toFixed(1)} MB of stacks${wrapped}; ${truth}`,
      measured,
    );
  }
  const gives = `it gives p50 ${ms(printedP50Ms)}, p99 ${ms(printedP99Ms)} and ${printedMb.toFixed(2)} MB; ${truth}`;
  const near = (value: number, claimed: number): boolean => Math.abs(value / claimed - 1) <= 0.1;
  const [least, most] = CLAIMED_MB;
  const memory = printedMb >= least && printedMb <= most;
  if (near(printedP50Ms, CLAIMED_P50_MS) && near(printedP99Ms, CLAIMED_P99_MS) && memory)
    return confirmed(gives, measured);
  return undecided(gives, measured);
}
