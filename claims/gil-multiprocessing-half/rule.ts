import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** The text's figures, in ms. */
export const TEXT = { sequence: 2410, processes: 1280 } as const;
/** Near a half: a quarter worse than the text's 1.88. Without parallelism it would be 1 or less. */
export const NEAR_HALF = 1.4;
const NO_GAIN = 1.2;
/** Two CPUs that give less together (threads of one core, a busy neighbour) cannot show a half. */
const TWO_CORES = 1.6;

export type Halved = {
  /** The work of one process, ms; ascending. */
  readonly units: readonly number[];
  /** Both units in sequence, best of the rounds, ms. */
  readonly sequence: readonly number[];
  /** Two processes with one unit each, their start and end in it, ms. */
  readonly processes: readonly number[];
  /** What two processes that already run get done together, over one alone. */
  readonly machine: number;
};

/** Start-up does not grow with the work: it is taken from the least unit, the rest from the longest. */
export function atTextSize({ sequence, processes }: Halved): { startMs: number; speedUp: number } {
  const startMs = Math.max(0, (processes[0] ?? 0) - (sequence[0] ?? 0) / 2);
  const share = ((processes.at(-1) ?? Number.NaN) - startMs) / (sequence.at(-1) ?? Number.NaN);
  return { startMs, speedUp: TEXT.sequence / (startMs + share * TEXT.sequence) };
}

/** Pure. */
export function decide(numbers: Halved): Decision {
  const { startMs, speedUp } = atTextSize(numbers);
  const { units, machine } = numbers;
  const claimed = TEXT.sequence / TEXT.processes;
  const measured = effect("speed-up by two processes for 2.4 s of work, start-up included", speedUp, "x");
  const small = (numbers.sequence[0] ?? 0) / (numbers.processes[0] ?? Number.NaN);
  const why = `two processes make it ${speedUp.toFixed(2)}x as fast (the text: ${claimed.toFixed(2)}x); starting them costs ${startMs.toFixed(0)} ms, so two pieces of ${units[0] ?? 0} ms are done ${small.toFixed(2)}x as fast`;
  if (speedUp >= NEAR_HALF) return confirmed(why, measured);
  if (machine < TWO_CORES) {
    const short = `two processes that already run get only ${machine.toFixed(2)}x the work of one done here, so the machine does not give two cores at the moment`;
    return undecided(short, measured);
  }
  return speedUp < NO_GAIN ? refuted(why, measured) : undecided(why, measured);
}
