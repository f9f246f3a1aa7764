import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

export const CLAIMED_P50_MS = 10.3;
export const CLAIMED_P99_MS = 210;
/** Three times the wait: no queue is in a figure below it. */
export const NO_QUEUE_MS = 30;
/** Around the 200 ms that 1000 tasks need in 20 waves of 50. */
const WAVES_MS = [150, 300] as const;

export type PoolTail = {
  readonly pool: number;
  readonly tasks: number;
  readonly waitMs: number;
  /** As the text's code takes it: by a clock that starts inside the task. */
  readonly insideP50Ms: number;
  readonly insideP99Ms: number;
  /** From the moment of submission. */
  readonly submitP50Ms: number;
  readonly submitP99Ms: number;
};

/** Pure: what the text's own code prints decides; the corrected clock only explains. */
export function decide(numbers: PoolTail): Decision {
  const { insideP50Ms, insideP99Ms, submitP50Ms, submitP99Ms } = numbers;
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const why = `with the clock started inside the task, as that code does, p50 is ${ms(insideP50Ms)} and p99 ${ms(insideP99Ms)}: the queue is not in them; with the clock started at submission p50 is ${ms(submitP50Ms)} and p99 ${ms(submitP99Ms)}, so neither clock gives ${CLAIMED_P50_MS} and ${CLAIMED_P99_MS} ms together`;
  const measured = effect("p99 that the text's code gives", insideP99Ms, "ms");
  if (insideP99Ms < NO_QUEUE_MS) return refuted(why, measured);
  const told = `with the clock started inside the task p99 is ${ms(insideP99Ms)}; started at submission it is ${ms(submitP99Ms)}`;
  if (insideP99Ms >= WAVES_MS[0] && insideP99Ms <= WAVES_MS[1]) return confirmed(told, measured);
  return undecided(told, measured);
}
