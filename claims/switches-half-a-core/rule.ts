import { confirmed, type Decision, depends, effect, refuted } from "@heddle/claims";

export const SWITCHES_PER_S = 50_000;
/** Shares of a core, as the source adds them up: 10 µs and 0.1 µs per switch. */
export const CLAIMED_THREADS = 0.5;
export const CLAIMED_ASYNC = 0.005;
/** From half of it on for threads, up to twice of it for the others: the sum holds. */
const THREADS_FROM = CLAIMED_THREADS / 2;
const ASYNC_TO = CLAIMED_ASYNC * 2;

export type HalfACore = {
  /** Share of a core that 50,000 switches per second add: two threads on one CPU; one on each of two (null with one). */
  readonly threadsTogether: number;
  readonly threadsApart: number | null;
  /** Two threads where the kernel put them; it does not decide, since that changes from run to run. */
  readonly threadsFree: number;
  readonly goroutines: number;
  readonly asyncioTasks: number;
  readonly nodeAwaits: number;
};

export function decide(numbers: HalfACore): Decision {
  const { threadsTogether, threadsApart, threadsFree, goroutines, asyncioTasks, nodeAwaits } = numbers;
  const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
  const measured = effect(
    "share of a core for 50,000 switches per second between threads on one CPU",
    threadsTogether * 100,
    "%",
  );
  const apart = threadsApart === null ? "" : `, ${percent(threadsApart)} when each has its own`;
  const why =
    `50,000 switches per second between two threads add ${percent(threadsTogether)} of a core when they share a CPU${apart}, and ${percent(threadsFree)} where the kernel put them; ` +
    `as many between asyncio tasks add ${percent(asyncioTasks)}, between goroutines ${percent(goroutines)}, between async functions in Node ${percent(nodeAwaits)}`;
  const places = threadsApart === null ? [threadsTogether] : [threadsTogether, threadsApart];
  const dear = places.filter((share) => share >= THREADS_FROM).length;
  if (dear === 0) return refuted(why, measured);
  if (dear < places.length) return depends("whether the threads share a CPU, and the runtime", why, measured);
  if (Math.max(goroutines, asyncioTasks, nodeAwaits) <= ASYNC_TO) return confirmed(why, measured);
  return depends("the runtime that is called async", why, measured);
}
