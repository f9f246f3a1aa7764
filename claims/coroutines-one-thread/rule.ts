import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

/** Half-way between one thread (1.0) and two (2.0), with room for a busy neighbour. */
export const SEVERAL_THREADS = 1.4;
const ONE_THREAD = 1.2;

export type CoroutineThreads = {
  readonly cores: number;
  /** Two coroutines that compute, one after the other, against both at once; the best of several repeats. */
  readonly goSpeedup: number;
  /** The same goroutines when the scheduler is told to use one processor. */
  readonly goOneMs: number;
  readonly goManyMs: number;
  readonly asyncioSpeedup: number;
  readonly asyncioThreads: number;
  /** Virtual threads of Java; null before 21, and under --quick. */
  readonly javaSpeedup: number | null;
  /** The threads of the system that they ran on. */
  readonly javaCarriers: number | null;
};

/** Pure: a speed-up is only had from more than one thread at a time. */
export function decide(numbers: CoroutineThreads): Decision {
  const { goSpeedup, asyncioSpeedup, asyncioThreads, goOneMs, goManyMs } = numbers;
  const { javaSpeedup, javaCarriers } = numbers;
  const java =
    javaSpeedup === null
      ? ""
      : `, two virtual threads of Java ${javaSpeedup.toFixed(2)} times, on ${(javaCarriers ?? 0).toFixed(0)} threads`;
  const why = `two goroutines that compute are ${goSpeedup.toFixed(2)} times as fast on all processors (${goManyMs.toFixed(1)} ms) as on one (${goOneMs.toFixed(1)} ms), two coroutines of asyncio ${asyncioSpeedup.toFixed(2)} times as fast as one after the other, on ${asyncioThreads} thread${java}`;
  const measured = effect("speed-up of two computing goroutines", goSpeedup);
  const speedups = [goSpeedup, asyncioSpeedup, ...(javaSpeedup === null ? [] : [javaSpeedup])];
  const several = speedups.map((speedup) => speedup >= SEVERAL_THREADS);
  const one = speedups.map((speedup) => speedup <= ONE_THREAD);
  if (several.every(Boolean)) return refuted(why, measured);
  if (one.every(Boolean)) return confirmed(why, measured);
  if (several.some(Boolean) && one.some(Boolean)) return depends("the runtime", why, measured);
  return undecided(why, measured);
}
