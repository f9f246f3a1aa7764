import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** The claim's figures. */
export const THREADS = 100_000;
export const CLAIMED_GB = 800;
/** Below a tenth of the figure another thing was counted; from half of it the order of magnitude is right. */
const FAR_BELOW = 0.1;
const NEAR = 0.5;

export type Threads100k = {
  /** How many were parked at once to find the slope. */
  readonly threads: number;
  /** KiB per thread with the default stack, user and kernel side. */
  readonly threadKb: number;
  /** The same with a stack of 64 KiB. */
  readonly smallStackKb: number;
  /** KiB of address space per thread with the default stack. */
  readonly reservedKb: number;
  /** What would stop 100,000 threads here first: read from the system, not run into. */
  readonly firstLimit: string;
  readonly firstLimitThreads: number;
  /** What pthread_create said in a process that ran into one limit of its own, or "none". */
  readonly errorMaps: string;
  readonly errorProcesses: string;
  readonly errorAddressSpace: string;
};

/** Pure: the slope of some thousand threads, times 100,000. */
export function decide(numbers: Threads100k): Decision {
  const gb = (kb: number): number => (kb * THREADS) / 2 ** 20;
  const memory = gb(numbers.threadKb);
  const measured = effect("memory that 100,000 parked threads would take", memory, "GB");
  const limit =
    numbers.firstLimitThreads < THREADS
      ? `long before memory, ${numbers.firstLimit} stops this machine at ${numbers.firstLimitThreads} threads (read, not run into)`
      : `no limit of this machine is below 100,000 (the lowest is ${numbers.firstLimit}, ${numbers.firstLimitThreads})`;
  const why = `by the slope of ${numbers.threads} threads, 100,000 take ${memory.toFixed(1)} GB and reserve ${gb(numbers.reservedKb).toFixed(0)} GB of address space; ${limit}`;
  if (memory < CLAIMED_GB * FAR_BELOW) return refuted(why, measured);
  if (memory >= CLAIMED_GB * NEAR) return confirmed(why, measured);
  return undecided(why, measured);
}
