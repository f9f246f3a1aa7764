import { failureText, type PlacedRun } from "../cell/assemble.js";
import type { MeasuredRun, RunContext } from "../cell/run.js";
import type { CellWorkload } from "../result/schema.js";
import type { Random } from "../statistics/random.js";
import type { Entry } from "./entry.js";

/** Above these the box, not the model, may have made the figure. */
const STEAL = 0.01;
const FOREIGN = 0.05;

export interface EntryRuns {
  readonly entry: Entry;
  readonly placed: PlacedRun[];
  discarded: number;
}

export interface RoundsPlan {
  readonly entries: readonly Entry[];
  readonly workload: CellWorkload;
  readonly rounds: number;
  readonly context: RunContext;
  readonly random: Random;
  /** Further tries for a run that was disturbed. */
  readonly repeats: number;
  /** Repeat only what would be void: a quick look has no time for more. */
  readonly tolerant: boolean;
  readonly onStep: (entry: Entry, round: number) => void;
}

/**
 * A randomised complete block: every round runs each entry once, in a new random order, in a fresh process, so that
 * drift of the box falls on all alike. An entry that failed twice is not tried again, nor one of which the generator
 * spoiled so many runs that less than half would remain. Ends early, with what there is,
 * when the signal is aborted.
 */
export async function runRounds(plan: RoundsPlan): Promise<EntryRuns[]> {
  const all = plan.entries.map((entry): EntryRuns => ({ entry, placed: [], discarded: 0 }));
  for (let round = 0; round < plan.rounds; round++) {
    for (const [order, runs] of plan.random.shuffle(all).entries()) {
      if (plan.context.signal?.aborted === true) return all;
      if (isGivenUp(runs.placed, plan.rounds)) continue;
      plan.onStep(runs.entry, round);
      const context = { ...plan.context, seed: plan.random.int(0x7fff_ffff) };
      const result = await undisturbed(runs, { ...plan, context });
      if (result === null) return all;
      runs.placed.push({ round, order, ...result });
    }
  }
  return all;
}

type Outcome = Pick<PlacedRun, "run" | "failure">;

/** null: interrupted. */
async function undisturbed(
  runs: EntryRuns,
  { workload, context, repeats, tolerant }: RoundsPlan,
): Promise<Outcome | null> {
  let last: Outcome | null = null;
  for (let tries = 0; tries <= repeats; tries++) {
    try {
      const run = await runs.entry.measure(workload, context);
      if (context.signal?.aborted === true) return null;
      if (last !== null) runs.discarded += 1;
      last = { run, failure: null };
      if (!(tolerant ? run.disturbed : isDisturbed(run))) break;
    } catch (error) {
      if (context.signal?.aborted === true) return null;
      return { run: null, failure: failureText(error) };
    }
  }
  return last;
}

function isDisturbed(run: MeasuredRun): boolean {
  const { stealShare, foreignShare } = run.noise;
  return run.disturbed || (stealShare ?? 0) > STEAL || (foreignShare ?? 0) > FOREIGN;
}

function isGivenUp(placed: readonly PlacedRun[], rounds: number): boolean {
  const bad = placed.filter(({ run, failure }) => failure !== null || run?.void != null);
  const spoiled = bad.filter(({ run }) => run?.disturbed === true);
  return bad.length - spoiled.length >= 2 || spoiled.length * 2 > rounds;
}
