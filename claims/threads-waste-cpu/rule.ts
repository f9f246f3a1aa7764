import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** Percent of one core that all waiting threads together may use and still count as using nothing. */
const NOTHING_PERCENT = 2;
/** From here on waiting costs what an administrator would notice. */
const NOTICED_PERCENT = 20;
/** A thread that polls must show up as at least this, or the instrument sees nothing. On a busy machine it gets far less than a core. */
const SEEN_PERCENT = 5;

export type ThreadsWasteCpu = {
  /** Waiting threads in C. */
  readonly threads: number;
  /** Waiting threads in Python, and waiting asyncio tasks. */
  readonly fewer: number;
  /** Percent of one core, of all of them together. */
  readonly cPercent: number;
  readonly pythonPercent: number;
  readonly tasksPercent: number;
  /** One thread that polls for its input instead of waiting: the control. */
  readonly pollingPercent: number;
  /** CPU time of one wait that ends, microseconds: going to sleep and waking up. */
  readonly threadWaitUs: number;
  readonly taskWaitUs: number;
};

export function decide(numbers: ThreadsWasteCpu): Decision {
  const { threads, fewer, cPercent, pythonPercent, tasksPercent, pollingPercent } = numbers;
  const most = Math.max(cPercent, pythonPercent);
  const measured = effect("CPU of thousands of waiting threads together, of one core", most, "%");
  const why = `${threads} threads that wait use ${cPercent.toFixed(2)} % of a core in C, ${fewer} in Python ${pythonPercent.toFixed(2)} %, ${fewer} asyncio tasks ${tasksPercent.toFixed(2)} %; one thread that polls uses ${pollingPercent.toFixed(0)} %. What costs is the end of a wait: ${numbers.threadWaitUs.toFixed(0)} µs in a Python thread, ${numbers.taskWaitUs.toFixed(0)} µs in a task`;
  if (pollingPercent < SEEN_PERCENT) return undecided(`the control was not seen: ${why}`, measured);
  if (most < NOTHING_PERCENT) return refuted(why, measured);
  if (most >= NOTICED_PERCENT) return confirmed(why, measured);
  return undecided(why, measured);
}
