import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** By arithmetic the eleventh waits one service time; half of one more is for a slow machine. */
const ONE_SERVICE = 1.5;
/** When every thread was free twice over and the task still waits, something other than the ten holds it. */
const FAR_MORE = 3;

export type Eleventh = {
  readonly pool: number;
  readonly serviceMs: number;
  /** What the eleventh task waited, in service times of the ten. */
  readonly waitedServices: number;
  /** How long a pool whose tasks wait for tasks of the same pool was watched, in ms, and whether it ended meanwhile. */
  readonly watchedMs: number;
  readonly nestedEnded: "yes" | "no";
  /** The same tasks with a second pool for what they wait for. */
  readonly secondPoolEnded: "yes" | "no";
};

/** Pure. The claim's tasks end by themselves: what tasks that wait for each other do is told, and decides nothing. */
export function decide(numbers: Eleventh): Decision {
  const { pool, serviceMs, waitedServices, watchedMs, nestedEnded, secondPoolEnded } = numbers;
  const second = secondPoolEnded === "yes" ? "a second pool for those ends it" : "a second pool did not help";
  const nested =
    nestedEnded === "no"
      ? `what does wait for ever is a pool full of tasks that wait for tasks of the same pool: it had not ended after ${(watchedMs / 1000).toFixed(1)} s, and ${second}`
      : "tasks that waited for tasks of the same pool ended too";
  const why = `behind ${pool} tasks of ${serviceMs} ms the eleventh began after ${waitedServices.toFixed(2)} of them, which is ${(30 * waitedServices).toFixed(0)} s for tasks of 30 s; ${nested}`;
  const measured = effect("wait of the eleventh task, in service times", waitedServices);
  if (waitedServices <= ONE_SERVICE) return refuted(why, measured);
  if (waitedServices >= FAR_MORE) return confirmed(why, measured);
  return undecided(why, measured);
}
