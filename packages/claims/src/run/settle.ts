import { bootstrapInterval } from "@heddle/lab";
import type { Claim, Decision, Numbers } from "../claim/claim.js";
import type { ClaimResult, Verdict } from "../result/schema.js";
import { poolNumbers } from "./pool.js";
import { stealNote, suffersTheft } from "./steal.js";

/** One run that gave numbers. */
export interface MeasuredRun {
  readonly numbers: Numbers;
  readonly seed: number;
  readonly tookS: number;
  readonly stealShare: number | null;
}

export type Settled = Pick<
  ClaimResult,
  "verdict" | "why" | "on" | "numbers" | "effect" | "runs" | "perRun" | "picture"
>;

/**
 * The verdict over all runs: the rule's word on the medians, if the rule says the same of every single run; one that
 * flips between runs is undecided, and so nobody is told a verdict that a second look would take back.
 * A majority of the runs was rejected: two of three agree by luck too often. Runs that the hypervisor disturbed count
 * like others, and the reason says so: left out, they would leave the verdict to whichever run was lucky.
 */
export function settle(claim: Claim, runs: readonly MeasuredRun[]): Settled {
  const numbers = poolNumbers(runs.map((run) => run.numbers));
  const decision = claim.decide(numbers);
  const each = runs.map((run) => claim.decide(run.numbers));
  const flips = each.some(({ verdict }) => verdict !== decision.verdict);
  const verdict: Verdict = flips ? "undecided" : decision.verdict;
  const why = flips
    ? `the runs do not agree (${tally(each)}). On their medians: ${decision.why}`
    : decision.why;
  const note = suffersTheft(claim) ? stealNote(runs) : null;
  return {
    verdict,
    why: note === null ? why : `${why}. ${note}`,
    on: verdict === "depends" && decision.verdict === "depends" ? decision.on : null,
    numbers: { ...numbers },
    effect: {
      ...decision.effect,
      interval: intervalOf(
        decision.effect.value,
        each.map(({ effect }) => effect.value),
      ),
    },
    runs: runs.length,
    perRun: runs.map((run, at) => ({
      ...run,
      numbers: { ...run.numbers },
      verdict: each[at]?.verdict ?? verdict,
    })),
    picture: claim.picture?.(numbers) ?? null,
  };
}

function intervalOf(value: number, values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [value, value];
  const [low, high] = bootstrapInterval(finite);
  return [Math.min(low, value), Math.max(high, value)];
}

/** `2 confirmed, 1 refuted`, most frequent first. */
function tally(decisions: readonly Decision[]): string {
  const counts = new Map<string, number>();
  for (const { verdict } of decisions) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(", ");
}
