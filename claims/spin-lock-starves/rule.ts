import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

/** Of its CPU: a holder that gets up to this share while it wants all is starved, */
const STARVED = 0.3;
/** and one that gets at least this share is not. */
const UNHARMED = 0.7;

/** Shares of its CPU that the holder of the lock gets. */
export type SpinLockStarves = {
  /** Nobody waits. */
  readonly alone: number;
  /** How many threads spin on the holder's CPU, and its share then. */
  readonly spinners: readonly number[];
  readonly spin: readonly number[];
  /** With as many as the most that yield in their loop, or that sleep in a mutex. */
  readonly yielding: number;
  readonly asleep: number;
  /** One that spins on another CPU; null on a machine with one. */
  readonly own: number | null;
  /** One of real-time priority on its CPU; null where that is refused. */
  readonly urgent: number | null;
};

export function decide(numbers: SpinLockStarves): Decision {
  const { alone, spinners, spin, yielding, asleep, own, urgent } = numbers;
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
  const shared = spin.at(-1) ?? 1;
  const most = spinners.at(-1) ?? 0;
  const swept = spinners.map((count, at) => `${percent(spin[at] ?? 1)} beside ${count}`).join(", ");
  const other = own === null ? "there is no other CPU" : `${percent(own)} beside one on another CPU`;
  const last = urgent === null ? "" : `, and ${percent(urgent)} beside one spinner of real-time priority`;
  const why = `of its CPU the holder got ${percent(alone)} alone, ${swept} that spin on it; ${other}; with ${most} waiters that yield ${percent(yielding)}, that sleep in a mutex ${percent(asleep)}${last}`;
  const measured = effect(`share of its CPU that the holder gets, ${most} spinning on it`, shared);
  if (alone < UNHARMED) return undecided(why, measured);
  if (shared >= UNHARMED) return refuted(why, measured);
  if (shared > STARVED) return undecided(why, measured);
  if (own === null || own <= STARVED) return confirmed(why, measured);
  if (own >= UNHARMED) return depends("whether the spinning thread shares the holder's CPU", why, measured);
  return undecided(why, measured);
}
