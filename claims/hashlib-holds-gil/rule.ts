import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

/** Two threads gain something from here; a GIL that is held throughout gives 1 or less, none gives 2. */
export const GAIN = 1.4;
const NO_GAIN = 1.2;
/** Two processes share no GIL; where they gain less than this, the machine does not give two cores. */
const TWO_CORES = 1.75;

export type Hashing = {
  /** Bytes hashed at once; ascending. */
  readonly sizes: readonly number[];
  /** Two threads over one, for the same work. */
  readonly speedUp: readonly number[];
  /** Two processes over one, for the largest size. */
  readonly machine: number;
};

/** Pure: the smallest and the largest buffer decide; where between them it turns is told. */
export function decide({ sizes, speedUp, machine }: Hashing): Decision {
  const least = speedUp[0] ?? Number.NaN;
  const most = speedUp.at(-1) ?? Number.NaN;
  const measured = effect(
    `speed-up of sha256 by two threads, ${sizeOf(sizes.at(-1) ?? 0)} at once`,
    most,
    "x",
  );
  const turn = sizes.find((_, at) => (speedUp[at] ?? 0) >= GAIN);
  const from = turn === undefined ? "" : ` (a gain from ${sizeOf(turn)} on, of the sizes tried)`;
  const why = `two threads hash ${sizeOf(sizes[0] ?? 0)} at a time ${least.toFixed(2)}x as fast as one, and ${sizeOf(sizes.at(-1) ?? 0)} at a time ${most.toFixed(2)}x${from}; hashlib lets go of the GIL for buffers of 2 KB and more`;
  if (least >= GAIN && most >= GAIN) return refuted(why, measured);
  if (least <= NO_GAIN && most >= GAIN) return depends("the size of the buffer", why, measured);
  if (machine < TWO_CORES) {
    const why = `threads gain nothing, but two processes, which share no GIL, hash only ${machine.toFixed(2)}x as fast as one here, so the machine does not give two cores at the moment`;
    return undecided(why, measured);
  }
  if (least <= NO_GAIN && most <= NO_GAIN) return confirmed(why, measured);
  return undecided(why, measured);
}

function sizeOf(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MB` : `${bytes / 1024} KB`;
}
