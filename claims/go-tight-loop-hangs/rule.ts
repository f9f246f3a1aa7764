import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** Each of these is 1 if the program was still stuck at its limit, 0 if it came to its end. */
export type TightLoop = {
  /** The loop without a call, preempted by signals as since Go 1.14: on one processor; on two, with a collection. */
  readonly nowStuck: number;
  readonly nowCollectStuck: number;
  /** The same with that switched off, as before. */
  readonly beforeStuck: number;
  readonly beforeCollectStuck: number;
  /** Switched off, on two processors and without a collection; and on one, when the loop contains a call. */
  readonly beforeTwoStuck: number;
  readonly beforeCallStuck: number;
  /** How long the program took that was not stuck, and the limit. */
  readonly nowMs: number;
  readonly limitMs: number;
  /** SIGURG that arrived in it: how the runtime interrupts a goroutine since Go 1.14. */
  readonly signals: number;
};

export function decide(numbers: TightLoop): Decision {
  const { nowMs, limitMs, signals, beforeTwoStuck, beforeCallStuck } = numbers;
  const now = numbers.nowStuck > 0 || numbers.nowCollectStuck > 0;
  const before = [numbers.beforeStuck, numbers.beforeCollectStuck];
  const measured = effect("stuck without preemption by signals, of 2 ways to run", sum(before), "of 2");
  const ended = (stuck: number): string => (stuck > 0 ? "is stuck" : "ends");
  const why =
    `with preemption by signals (SIGURG, ${signals} of them) the program ${now ? "is stuck" : `ends after ${nowMs.toFixed(0)} ms`}; without it, as before Go 1.14, ` +
    `it ${ended(before[0] ?? 0)} on one processor (limit ${limitMs.toFixed(0)} ms), ${ended(beforeTwoStuck)} on two, and ${ended(before[1] ?? 0)} on two when the garbage collector wants to run. With a call in the loop it ${ended(beforeCallStuck)} on one`;
  if (now || beforeCallStuck > 0)
    return undecided(`${why}: so it is not the missing preemption alone`, measured);
  return sum(before) > 0 ? confirmed(why, measured) : refuted(why, measured);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
