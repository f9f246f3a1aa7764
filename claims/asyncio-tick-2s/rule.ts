import { confirmed, type Decision, effect, refuted } from "@heddle/claims";

export type Ticks = {
  /** How long the work computes without awaiting, and how often the ticker wants to tick, ms. */
  readonly workMs: number;
  readonly periodMs: number;
  /** Ticks of the text's snippet. */
  readonly verbatim: number;
  /** Ticks if the ticker gets a turn before and after the work, and when the first came, ms. */
  readonly withTurns: number;
  readonly firstWithTurnsMs: number | null;
  /** Ticks if the work is done on a thread and awaited. */
  readonly onThread: number;
};

/** Pure. Behaviour, not time: one tick of the snippet confirms it. */
export function decide(numbers: Ticks): Decision {
  const { workMs, periodMs, verbatim, withTurns, firstWithTurnsMs, onThread } = numbers;
  const measured = effect("ticks that the snippet prints", verbatim);
  const late =
    firstWithTurnsMs === null
      ? "none with a turn before and after the work either"
      : `${withTurns} with a turn before and after the work, the first of them after ${firstWithTurnsMs.toFixed(0)} ms`;
  const reason = verbatim > 0 ? "" : ", because the task is cancelled before it ever had a turn";
  const why = `the snippet ticks ${verbatim} times in ${workMs} ms of work${reason}; ${late}; and ${onThread} with the work on a thread, where every ${periodMs} ms was asked for`;
  return verbatim > 0 ? confirmed(why, measured) : refuted(why, measured);
}
