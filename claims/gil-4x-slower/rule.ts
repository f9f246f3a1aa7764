import { confirmed, type Decision, effect, refuted } from "@heddle/claims";

/** What the claim says that four threads take, as a multiple of the sequential run. */
export const CLAIMED = 4;
/** "About 4x": from three quarters of it. Pure serialisation predicts 1, so the line lies far from either. */
const ABOUT = 3;

export type FourThreads = {
  /** "2.7,3.6,...,3.13,3.13t", in the order of the two sweeps. */
  readonly versions: string;
  /** Four threads over the same work in sequence. */
  readonly overSequence: readonly number[];
  /** Four threads over the work of a single one of them. */
  readonly overOne: readonly number[];
};

/** Pure. The text is about Python 3 with its GIL; Python 2 and free-threaded builds are told, and decide nothing. */
export function decide({ versions, overSequence, overOne }: FourThreads): Decision {
  const rows = versions.split(",").map((version, at) => ({
    version,
    ratio: overSequence[at] ?? Number.NaN,
    one: overOne[at] ?? Number.NaN,
  }));
  const gil = rows.filter(({ version }) => !version.startsWith("2.") && !version.endsWith("t"));
  const ratio = middle(gil.map((row) => row.ratio));
  const one = middle(gil.map((row) => row.one));
  const aside = rows
    .filter((row) => !gil.includes(row))
    .map((row) => `; Python ${row.version}: ${row.ratio.toFixed(2)}x`)
    .join("");
  const of =
    gil.length === 1 ? `Python ${gil[0]?.version}` : `the median of ${gil.length} versions of Python 3`;
  const why = `four threads take ${ratio.toFixed(2)}x the time of the same work in sequence (${of}), and ${one.toFixed(1)}x the time of one thread's share, which is no loss: it is four times the work${aside}`;
  const measured = effect("four threads over the same work in sequence", ratio, "x");
  return ratio >= ABOUT ? confirmed(why, measured) : refuted(why, measured);
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = sorted.length / 2;
  return ((sorted[Math.ceil(at) - 1] ?? Number.NaN) + (sorted[Math.floor(at)] ?? Number.NaN)) / 2;
}
