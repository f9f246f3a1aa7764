import type { Claim } from "../claim/claim.js";
import type { MeasuredRun } from "./settle.js";

/**
 * Share of the time of all processors above which a run is measured again. With one of two busy, 5 % of all are 10 % of
 * the busy one, which comes near the fifth that the narrowest rules leave between their lines. The 1 % of `compare` was
 * rejected: it measures for seconds, and in half a second on two processors one tick of 10 ms is 1 % already.
 */
export const STEAL = 0.05;

/** What only observes behaviour may run beside another claim, and so beside another machine. */
export const suffersTheft = ({ alone }: Pick<Claim, "alone">): boolean => alone !== false;

type Stolen = Pick<MeasuredRun, "stealShare">;

/** Where the system does not tell, nothing is held against a run. */
export const stolenShare = ({ stealShare }: Stolen): number => stealShare ?? 0;

export const isStolen = (run: Stolen): boolean => stolenShare(run) > STEAL;

/** The one of which less was stolen; the earlier of equals. */
export function calmer<Run extends Stolen>(earlier: Run, later: Run): Run {
  return stolenShare(later) < stolenShare(earlier) ? later : earlier;
}

/** What to say beside a verdict that rests on disturbed runs; null when it rests on none. */
export function stealNote(runs: readonly Stolen[]): string | null {
  const stolen = runs.filter(isStolen);
  if (stolen.length === 0) return null;
  const most = Math.round(Math.max(...stolen.map(stolenShare)) * 100);
  const which = runs.length === 1 ? "the only run" : `${stolen.length} of ${runs.length} runs`;
  return `The machine was disturbed in ${which}: the hypervisor gave up to ${most} % of the processors' time to others (at most ${STEAL * 100} % is let pass), so measure again at a quieter hour`;
}
