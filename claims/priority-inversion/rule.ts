import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** Of the medium thread's computing: so much at least waits the high one through, if the inversion is real. */
const DELAYED = 0.9;
/** Under so much of it the high one did not wait for the medium one. */
const SPARED = 0.5;

export type PriorityInversion = {
  /** CPU time of the low thread while it holds the mutex. */
  readonly workMs: number;
  /** CPU time of the medium thread, which needs no mutex, one value per run. */
  readonly spinsMs: readonly number[];
  /** The wait of the high thread for a mutex without, and with priority inheritance. */
  readonly plainMs: readonly number[];
  readonly inheritMs: readonly number[];
  /** @heddle/runtime: calls of others that went before the holder's, without and with an urgent waiter. */
  readonly others: number;
  readonly plainBefore: number;
  readonly lentBefore: number;
};

export function decide(numbers: PriorityInversion): Decision {
  const { workMs, spinsMs, plainMs, inheritMs, others, plainBefore, lentBefore } = numbers;
  const list = (values: readonly number[]): string => values.map((ms) => ms.toFixed(0)).join(", ");
  const longest = spinsMs.at(-1) ?? 0;
  const plain = plainMs.at(-1) ?? 0;
  const cured = inheritMs.at(-1) ?? 0;
  const why = `the low thread needs ${workMs} ms in the lock; while the medium one computed ${list(spinsMs)} ms, the high one waited ${list(plainMs)} ms, and ${list(inheritMs)} ms with priority inheritance. In @heddle/runtime, where a waiter lends its priority, ${lentBefore} of ${others} other calls went before the holder's instead of ${plainBefore}`;
  const measured = effect(
    "wait of the high thread, without to with priority inheritance",
    plain / cured,
    "×",
  );
  const grows = spinsMs.every((spin, at) => (plainMs[at] ?? 0) >= spin * DELAYED);
  if (plain < longest * SPARED) return refuted(why, measured);
  if (grows && cured >= plain * DELAYED) return refuted(why, measured);
  if (grows && cured < longest * SPARED) return confirmed(why, measured);
  return undecided(why, measured);
}
