import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** Losers that go through to their end: from this share on they go on, */
const GO_ON = 0.9;
/** and up to this share they stop. */
const STOP = 0.1;

/** Shares of the operations that went through to their end although their race was lost; null without Python. */
export type TaskLeak = {
  readonly operations: number;
  /** Waits that each operation has. */
  readonly steps: number;
  /** Nobody cancels: Promise.race, asyncio.wait. */
  readonly raced: number;
  readonly asyncioWait: number | null;
  /** Somebody does: an AbortSignal that the work looks at, timeout() of @heddle/runtime, asyncio.wait_for. */
  readonly signalled: number;
  readonly timed: number;
  readonly asyncioWaitFor: number | null;
  /** Steps done by the losers of Promise.race after the last race was lost. */
  readonly lateSteps: number;
  /** Tasks that leaks() listed when their races were lost. */
  readonly listed: number;
  /** asyncio tasks that the garbage collector took away in the middle of a wait. */
  readonly destroyed: number | null;
};

export function decide(numbers: TaskLeak): Decision {
  const { operations, raced, asyncioWait, signalled, timed, asyncioWaitFor } = numbers;
  const { lateSteps, listed, destroyed } = numbers;
  const left = [raced, asyncioWait].filter((share) => share !== null);
  const cancelled = [signalled, timed, asyncioWaitFor].filter((share) => share !== null);
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
  const python =
    asyncioWait === null || asyncioWaitFor === null
      ? ""
      : `; asyncio.wait ${percent(asyncioWait)}, asyncio.wait_for, which cancels, ${percent(asyncioWaitFor)}`;
  const lost =
    destroyed === null
      ? ""
      : `. Of ${operations} asyncio tasks whose future nobody kept, the garbage collector destroyed ${destroyed}`;
  const why = `of ${operations} operations that lost against a time limit, these went through to their end: Promise.race ${percent(raced)} (${lateSteps} steps for nobody), with an AbortSignal ${percent(signalled)}, with timeout() of @heddle/runtime ${percent(timed)}${python}. leaks() listed ${listed} of the ones that ran on${lost}`;
  const measured = effect(
    "share of losers that go through to their end, nobody cancelling",
    Math.min(...left),
  );
  if (Math.min(...left) < STOP) return refuted(why, measured);
  if (Math.min(...left) < GO_ON) return undecided(why, measured);
  if (Math.min(...cancelled) >= GO_ON) return refuted(why, measured);
  return Math.max(...cancelled) <= STOP ? confirmed(why, measured) : undecided(why, measured);
}
