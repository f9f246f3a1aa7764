import { random, shuffle } from "../../shared/random.mjs";
import { measureInChild } from "./children.mjs";
import { finalists } from "./finalists.mjs";

const RUNS_WITHOUT_TARGET = 3;
/** Runs in which everybody takes part. */
const SCREENING = 2;

/**
 * Measures one group of rows: everybody once or twice, then again and again whoever could be the best, in an order drawn
 * for each run, so that a slow minute of the machine falls on all alike. Returns samples by peer, in the order of the
 * runs; a peer that failed has `{ failed }` in its place.
 */
export async function measureGroup(group, { names, runs, seed, quick, roundsPerUs, isOver, tell }) {
  const [first] = group.rows;
  const samples = new Map(names.map((name) => [name, []]));
  const measure = async (name, run) => {
    const sample = await measureInChild(name, first.name, { seed: seed + run, quick, roundsPerUs });
    samples.get(name).push(sample);
    tell(name, run, sample);
  };

  if (first.together) {
    // Who is idle disturbs nobody: one wait serves all.
    await Promise.all(names.map((name) => measure(name, 0)));
    return samples;
  }
  const hasTarget = group.rows.some((row) => row.target !== null);
  const atMost = hasTarget ? runs : Math.min(runs, RUNS_WITHOUT_TARGET);
  const brief = quick || !hasTarget;
  const screening = brief ? 1 : SCREENING;
  const chance = random(seed);
  let inRun = names;
  for (let run = 0; run < atMost; run++) {
    for (const name of shuffle(inRun, chance)) {
      if (isOver()) return samples;
      await measure(name, run);
    }
    if (run + 1 === screening) inRun = finalists(group.rows, samples, brief ? 1 : 2);
  }
  return samples;
}
