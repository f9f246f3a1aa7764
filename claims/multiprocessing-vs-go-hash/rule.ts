import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** The text's figures for 1000 hashes, in ms. Python threads take it 820 ms, so a hash takes 0.82 ms or more of a core. */
export const TEXT = { multiprocessing: 220, go: 45, tasks: 1000, taskUs: 820 } as const;
/** About the text's 4.9x: from 3x. Both use the CPU's own SHA instructions, so theory says little over 1. */
const ABOUT = 3;
const FAR_BELOW = 2;

export type HashRace = {
  /** Bytes hashed at once; ascending. */
  readonly sizes: readonly number[];
  /** ns per byte in a loop. */
  readonly pythonPerByte: readonly number[];
  readonly goPerByte: readonly number[];
  readonly tasks: number;
  /** The buffer of one task: as much as Python hashes in 0.82 ms. */
  readonly taskBytes: number;
  /** A Pool(4) with next to nothing to do, ms. */
  readonly startMs: number;
  /** All tasks, ms: with 1 KB each, and with `taskBytes` each. */
  readonly pythonSmallMs: number;
  readonly goSmallMs: number;
  readonly pythonTaskMs: number;
  readonly goTaskMs: number;
};

/** For the text's number of tasks: the pool starts once, the rest grows with them. */
export function atTextSize(numbers: HashRace): { pythonMs: number; goMs: number } {
  const times = TEXT.tasks / numbers.tasks;
  const { startMs } = numbers;
  return {
    pythonMs: startMs + Math.max(0, numbers.pythonTaskMs - startMs) * times,
    goMs: numbers.goTaskMs * times,
  };
}

/** Pure. */
export function decide(numbers: HashRace): Decision {
  const { pythonMs, goMs } = atTextSize(numbers);
  const ratio = pythonMs / goMs;
  const small = numbers.pythonSmallMs / numbers.goSmallMs;
  const measured = effect("Pool(4) over goroutines, 1000 hashes of 0.82 ms", ratio, "x");
  const python = numbers.pythonPerByte.at(-1) ?? Number.NaN;
  const go = numbers.goPerByte.at(-1) ?? Number.NaN;
  const why = `1000 hashes of 0.82 ms take ${ratio.toFixed(2)}x as long with Pool(4), its start and pickling included, as in Go on as many CPUs (the text: ${(TEXT.multiprocessing / TEXT.go).toFixed(1)}x), and a byte costs ${python.toFixed(2)} ns in Python and ${go.toFixed(2)} ns in Go; only hashes of 1 KB are far apart, ${small.toFixed(0)}x, and that is the pool, not the hash`;
  if (ratio >= ABOUT) return confirmed(why, measured);
  return ratio < FAR_BELOW ? refuted(why, measured) : undecided(why, measured);
}
