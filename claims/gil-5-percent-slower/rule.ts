import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** 2.53 s on two threads against 2.41 s in sequence. */
export const CLAIMED = 2.53 / 2.41;
/** The same time, give or take what a short run on a busy machine may be off. */
const SAME = { from: 0.9, to: 1.25 } as const;
/** From here it is another thing: a real gain, or a fight for the GIL as Python 2 had it. */
const OTHER = { below: 0.8, above: 1.5 } as const;

export type TwoThreads = {
  /** "2.7,3.6,...,3.13,3.13t", in the order of the sweep. */
  readonly versions: string;
  /** Two threads over the same work in sequence. */
  readonly ratios: readonly number[];
};

/** Pure. The text is about Python 3 with its GIL; Python 2 and free-threaded builds are told, and decide nothing. */
export function decide({ versions, ratios }: TwoThreads): Decision {
  const rows = versions.split(",").map((version, at) => ({ version, ratio: ratios[at] ?? Number.NaN }));
  const gil = rows.filter(({ version }) => !version.startsWith("2.") && !version.endsWith("t"));
  const ratio = middle(gil.map((row) => row.ratio));
  const aside = rows
    .filter((row) => !gil.includes(row))
    .map((row) => `; Python ${row.version}: ${row.ratio.toFixed(2)}x`)
    .join("");
  const of =
    gil.length === 1 ? `Python ${gil[0]?.version}` : `the median of ${gil.length} versions of Python 3`;
  const why = `two threads take ${ratio.toFixed(2)}x the time of the same work in sequence (${of}), against ${CLAIMED.toFixed(2)}x in the text${aside}`;
  const measured = effect("two threads over the same work in sequence", ratio, "x");
  if (ratio >= SAME.from && ratio <= SAME.to) return confirmed(why, measured);
  if (ratio < OTHER.below || ratio > OTHER.above) return refuted(why, measured);
  return undecided(why, measured);
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = sorted.length / 2;
  return ((sorted[Math.ceil(at) - 1] ?? Number.NaN) + (sorted[Math.floor(at)] ?? Number.NaN)) / 2;
}
