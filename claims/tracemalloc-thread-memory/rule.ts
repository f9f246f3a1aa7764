import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** The claim's figure: 30 to 80 MB for 1,000 threads, read from tracemalloc. */
export const CLAIMED_MB = [30, 80] as const;

export type TracemallocThreads = {
  readonly threads: number;
  /** Peak of tracemalloc while the threads sleep 10 ms and end, MiB. */
  readonly tracedMb: number;
  /** The same while all of them are alive at once. */
  readonly tracedHeldMb: number;
  /** What those threads really take then, MiB: resident pages, and kernel stacks and page tables. */
  readonly userMb: number;
  readonly kernelMb: number;
};

/** Pure. The higher reading decides, so that the claim gets the better case: all threads alive at once. */
export function decide(numbers: TracemallocThreads): Decision {
  const { threads, tracedMb, tracedHeldMb, userMb, kernelMb } = numbers;
  const seen = Math.max(tracedMb, tracedHeldMb);
  const real = userMb + kernelMb;
  const why = `tracemalloc sees ${seen.toFixed(1)} MB of ${threads} threads; they take ${real.toFixed(0)} MB more than none when all are alive, of which the kernel holds ${kernelMb.toFixed(0)} MB`;
  const measured = effect("what tracemalloc sees of the memory of 1,000 threads", (seen / real) * 100, "%");
  const [low, high] = CLAIMED_MB;
  if (seen < low / 2) return refuted(why, measured);
  if (seen >= low && seen <= high) return confirmed(why, measured);
  return undecided(why, measured);
}
