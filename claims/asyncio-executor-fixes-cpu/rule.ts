import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** The text's share of CPU used and its latency, async alone and with the executor. */
export const TEXT = { cpu: [40, 85], ms: [150, 30] } as const;
/** The text's use of CPU grows 2.1 times; on two cores nothing could reach more than 2. */
const GAIN = 1.5;
/** A gain without a second core in use is only a neighbour that left. */
const AT_ONCE = 1.3;
const NO_GAIN = 1.25;
/** Processes must get more done than that, or there was no core to be used at all. */
export const CORES = NO_GAIN;

export type Executors = {
  readonly jobs: number;
  readonly jobMs: number;
  readonly workers: number;
  /** All jobs, and the 99th percentile of the loop's delay meanwhile, ms. */
  readonly inlineMs: number;
  readonly inlineDelayMs: number;
  readonly threadMs: number;
  readonly threadDelayMs: number;
  /** CPU time over time while the threads computed: above 1 they really ran at once. */
  readonly threadCores: number;
  readonly processMs: number;
  readonly processDelayMs: number;
};

/** Pure: to be a fix it must give both, throughput and a loop that is at most half as late. */
export function decide(numbers: Executors): Decision {
  const { inlineMs, threadMs, processMs, inlineDelayMs, threadDelayMs, processDelayMs } = numbers;
  const threads = inlineMs / threadMs;
  const processes = inlineMs / processMs;
  const delays = `the loop is late by ${inlineDelayMs.toFixed(0)} ms inline, ${threadDelayMs.toFixed(0)} ms with threads and ${processDelayMs.toFixed(0)} ms with processes (p99, jobs of ${(inlineMs / numbers.jobs).toFixed(0)} ms)`;
  const measured = effect("throughput of a ThreadPoolExecutor over computing in the loop", threads, "x");
  if (threads >= GAIN && numbers.threadCores >= AT_ONCE && threadDelayMs <= inlineDelayMs / 2)
    return confirmed(`threads get ${threads.toFixed(2)}x the work done; ${delays}`, measured);
  if (processes < CORES) {
    const why = `not even processes get more done (${processes.toFixed(2)}x), so the machine has no core to spare at the moment; ${delays}`;
    return undecided(why, measured);
  }
  const why = `threads use ${numbers.threadCores.toFixed(2)} cores and get ${threads.toFixed(2)}x the work of the blocked loop done, processes ${processes.toFixed(2)}x (the text's CPU use grows ${(TEXT.cpu[1] / TEXT.cpu[0]).toFixed(1)}x); ${delays}`;
  return threads < NO_GAIN ? refuted(why, measured) : undecided(why, measured);
}
