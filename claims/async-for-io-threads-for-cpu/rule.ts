import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** Waiting: async must save at least half of the memory and a third of the CPU. */
const LEAST_MEMORY = 2;
const LEAST_CPU = 1.5;
/** Computing: threads must be this much faster on two cores or more; up to the other figure they are not. */
const LEAST_FASTER = 1.3;
const NOT_FASTER = 1.1;
/** Threads that got fewer cores than this were kept from them by other programs. */
const LEAST_CORES = 1.4;

export type AsyncForWaiting = {
  readonly waits: number;
  /** Per wait, user and kernel side. */
  readonly threadKb: number;
  readonly taskKb: number;
  /** To begin, wake and end one. */
  readonly threadCpuUs: number;
  readonly taskCpuUs: number;
  /** The same computing. */
  readonly loopMs: number;
  readonly poolMs: number;
  readonly poolCores: number;
  /** Longest time in which the event loop did not come by meanwhile. */
  readonly loopAwayMs: number;
  readonly poolAwayMs: number;
};

/** Pure: both halves must hold. */
export function decide(numbers: AsyncForWaiting): Decision {
  const { waits, threadKb, taskKb, threadCpuUs, taskCpuUs, loopMs, poolMs, poolCores } = numbers;
  const lighter = threadKb / taskKb;
  const cheaper = threadCpuUs / taskCpuUs;
  const faster = loopMs / poolMs;
  const measured = effect("memory of a waiting thread over that of a waiting async task", lighter, "x");
  const waiting = `of ${waits} waits at once, one takes ${threadKb.toFixed(0)} KB and ${threadCpuUs.toFixed(0)} us of CPU as a thread, ${taskKb.toFixed(1)} KB and ${taskCpuUs.toFixed(0)} us as an async task`;
  const computing = `the same computing takes ${loopMs.toFixed(0)} ms on the event loop, which is away for up to ${numbers.loopAwayMs.toFixed(0)} ms, and ${poolMs.toFixed(0)} ms in a pool (away ${numbers.poolAwayMs.toFixed(0)} ms)`;
  const why = `${waiting}; ${computing}`;
  if (lighter < LEAST_MEMORY || cheaper < LEAST_CPU) return refuted(why, measured);
  if (faster >= LEAST_FASTER) return confirmed(why, measured);
  if (poolCores < LEAST_CORES)
    return undecided(`${why}, but the pool got only ${poolCores.toFixed(1)} cores`, measured);
  return faster <= NOT_FASTER ? refuted(why, measured) : undecided(why, measured);
}
