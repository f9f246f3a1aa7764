import { confirmed, type Decision, depends, effect, refuted } from "@heddle/claims";

/** 4 threads, 1,000,000 times each. */
export const EXPECTED = 4_000_000;
/** What the text says is printed. */
export const TEXT = 1_247_833;

export type LostUpdates = {
  /** "2.7,3.6,...,3.13", oldest first, in the order of the sweeps. */
  readonly versions: string;
  /** The share of updates that is left of `counter += 1`, the worse of two rounds. */
  readonly plain: readonly number[];
  /** The same where what is added comes from a call of a function. */
  readonly withCall: readonly number[];
  /** With a lock, with a sum of each thread's own, and with a queue and one thread that adds. */
  readonly cures: readonly number[];
};

/** Pure: one lost update is a loss, in every version found. */
export function decide({ versions, plain, withCall, cures }: LostUpdates): Decision {
  const names = versions.split(",");
  const losing = names.filter((_, at) => (plain[at] ?? 1) < 1);
  const exact = names.filter((name) => !losing.includes(name));
  const newest = names.length - 1;
  const measured = effect(
    `what Python ${names[newest]} prints of ${EXPECTED.toLocaleString("en")}, scaled`,
    Math.round((plain[newest] ?? Number.NaN) * EXPECTED),
  );
  const kept = Math.min(...plain);
  const parts = [
    losing.length === 0
      ? ""
      : `updates are lost by Python ${losing.join(", ")} (down to ${(kept * 100).toFixed(0)} % are left)`,
    exact.length === 0
      ? ""
      : `none by Python ${exact.join(", ")}, which lets go of the GIL only at calls and at the loop's jump back`,
    `with a call of a function in the statement ${names.filter((_, at) => (withCall[at] ?? 1) < 1).length} of ${names.length} versions lose some`,
    cures.every((share) => share === 1)
      ? "a lock, a sum per thread and a queue all count exactly"
      : "not every cure counted exactly",
  ];
  const why = parts.filter((part) => part !== "").join("; ");
  if (exact.length === 0) return confirmed(why, measured);
  return losing.length === 0 ? refuted(why, measured) : depends("the Python version", why, measured);
}
