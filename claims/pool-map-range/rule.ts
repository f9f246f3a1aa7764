import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

export const TASKS = 8;

export type PoolMap = {
  /** Calls that gave a value, with the function of the text. */
  readonly done: number;
  /** "TypeError: ...", or "" if nothing was thrown. */
  readonly error: string;
  readonly workers: number;
  /** The same with a function that takes the number, and how many processes it ran in. */
  readonly curedDone: number;
  readonly curedProcesses: number;
};

/** Pure. Behaviour: all values or a TypeError; anything else would be another failure. */
export function decide({ done, error, workers, curedDone, curedProcesses }: PoolMap): Decision {
  const measured = effect(`calls of ${TASKS} that gave a value`, done);
  const cure = `with a parameter for it ${curedDone} of ${TASKS} calls ran, in ${curedProcesses} processes of a pool of ${workers}`;
  if (done === TASKS) return confirmed(`all ${TASKS} calls gave a value; ${cure}`, measured);
  const why = `${done} of ${TASKS} calls gave a value (${error}); ${cure}`;
  return error.startsWith("TypeError") ? refuted(why, measured) : undecided(why, measured);
}
