import { checkOptions, type Rules } from "../error/options.js";
import { INTERLEAVE, type InterleaveOptions, interleave } from "./interleave.js";

export interface ExploreOptions extends InterleaveOptions {
  /** How many orders to try. Default 100. */
  readonly runs?: number;
  /** The first seed; the runs take this one and those that follow. Default: chance, so that each test run sees others. */
  readonly seed?: number;
}

/** `fn` failed under one order of events. `cause` is its error; `interleave(seed, fn)` replays it. */
export class InterleavingError extends Error {
  readonly seed: number;
  readonly run: number;

  constructor(seed: number, run: number, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`failed with seed ${seed} (run ${run}): ${why}\nreplay it with interleave(${seed}, fn)`, { cause });
    this.name = "InterleavingError";
    this.seed = seed;
    this.run = run;
  }
}

const EXPLORE: Rules<ExploreOptions> = {
  ...INTERLEAVE,
  runs: (value) => !(Number.isInteger(value) && (value as number) >= 1) && "an integer from 1 up",
  seed: (value) => !Number.isFinite(value) && "a number",
};

/**
 * Runs `fn` under many orders of events, one after the other. Rejects with InterleavingError at the first that fails; resolves
 * with the number of runs. `fn` gets the seed and must start from a clean state each time.
 */
export async function explore(fn: (seed: number) => unknown, given: ExploreOptions = {}): Promise<number> {
  checkOptions(given, EXPLORE);
  const { runs = 100, seed = Math.floor(Math.random() * 2 ** 31), ...options } = given;
  for (let run = 1; run <= runs; run++) {
    const own = seed + run - 1;
    try {
      await interleave(own, () => fn(own), options);
    } catch (error) {
      throw new InterleavingError(own, run, error);
    }
  }
  return runs;
}
