import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

export type RaceCounter = {
  readonly goroutines: number;
  /** Updates of one repeat of the unsynchronised counter. */
  readonly updates: number;
  readonly plainRepeats: number;
  /** Repeats that lost at least one update. */
  readonly plainLosing: number;
  /** The largest share of a repeat's updates that was lost. */
  readonly plainLost: number;
  readonly plainNs: number;
  readonly mutexLosing: number;
  readonly mutexNs: number;
  readonly atomicLosing: number;
  readonly atomicNs: number;
  readonly channelLosing: number;
  readonly channelNs: number;
};

/** Pure: one lost update is enough, of the counter as of a cure. */
export function decide(numbers: RaceCounter): Decision {
  const { goroutines, plainRepeats, plainLosing, plainLost, mutexNs, atomicNs, channelNs } = numbers;
  const cures = [
    { name: "mutex", losing: numbers.mutexLosing },
    { name: "atomic", losing: numbers.atomicLosing },
    { name: "channel", losing: numbers.channelLosing },
  ];
  const measured = effect(
    "share of unsynchronised updates that were lost, worst repeat",
    plainLost * 100,
    "%",
  );
  const bad = cures.filter(({ losing }) => losing > 0).map(({ name }) => name);
  if (bad.length > 0) return refuted(`updates were lost with ${bad.join(" and ")} too`, measured);
  const ns = (value: number): string => `${value.toFixed(0)} ns`;
  const cost = `none were with an atomic (${ns(atomicNs)} per update), a mutex (${ns(mutexNs)}) and a channel (${ns(channelNs)})`;
  if (plainLosing === 0)
    return undecided(`no update was lost in ${plainRepeats} repeats, and ${cost}`, measured);
  return confirmed(
    `${goroutines} goroutines lost up to ${(plainLost * 100).toFixed(1)} % of their updates, in ${plainLosing} of ${plainRepeats} repeats; ${cost}`,
    measured,
  );
}
