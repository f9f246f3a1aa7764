import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** Of what a chain of setImmediate lets through: up to this share counts as starved, */
const STARVED = 0.01;
/** and from this share on as served. */
const SERVED = 0.1;
/** With fewer timers and look-ups beside setImmediate there was nothing to starve. */
const ENOUGH = 20;

export type StarvationByMicrotasks = {
  /** How long a chain of calls that queue themselves again went on. */
  readonly chainsMs: readonly number[];
  /** Until a file look-up came back that was started with the chain. */
  readonly nextTickMs: readonly number[];
  readonly promiseMs: readonly number[];
  readonly immediateMs: readonly number[];
  /** The longest wait of a 1 ms timer beside the longest chain. */
  readonly timerMs: number;
  /** Timers and look-ups that were served during all chains. */
  readonly nextTickServed: number;
  readonly promiseServed: number;
  readonly immediateServed: number;
};

export function decide(numbers: StarvationByMicrotasks): Decision {
  const { chainsMs, nextTickMs, promiseMs, immediateMs, timerMs } = numbers;
  const { nextTickServed, promiseServed, immediateServed } = numbers;
  const longest = chainsMs.at(-1) ?? 0;
  const last = (waits: readonly number[]): number => waits.at(-1) ?? 0;
  const ms = (waits: readonly number[]): string => `${last(waits).toFixed(last(waits) < 10 ? 1 : 0)} ms`;
  const why = `beside a chain of ${longest} ms a file look-up took ${ms(nextTickMs)} with process.nextTick, ${ms(promiseMs)} with promises and ${ms(immediateMs)} with setImmediate, and a timer of 1 ms up to ${timerMs.toFixed(0)} ms; timers and look-ups served meanwhile: ${nextTickServed}, ${promiseServed}, ${immediateServed}`;
  const measured = effect(
    "wait of I/O beside a microtask chain, as a share of the chain",
    Math.min(last(nextTickMs), last(promiseMs)) / longest,
  );
  if (immediateServed < ENOUGH) return undecided(why, measured);
  if (Math.min(nextTickServed, promiseServed) >= immediateServed * SERVED) return refuted(why, measured);
  if (Math.max(nextTickServed, promiseServed) <= immediateServed * STARVED) return confirmed(why, measured);
  return undecided(why, measured);
}
