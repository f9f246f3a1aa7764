import { confirmed, type Decision, depends, effect, refuted } from "@heddle/claims";

/** The claim's figure: 10 GB for 10,000 threads, so 1 MB each. */
export const CLAIMED_MB = 1;
/** Below a tenth of that it is another thing that was measured; the reserved address space, most likely. */
const FAR_BELOW = 0.1;

export type ThreadsMemory = {
  readonly threads: number;
  /** MiB per thread: resident pages, kernel stacks and page tables. */
  readonly cMb: number;
  readonly pythonMb: number | null;
  readonly javaMb: number | null;
  readonly reservedMb: number;
};

/** Pure: the dearest language decides, so that none of them can save the refutation. */
export function decide(numbers: ThreadsMemory): Decision {
  const { cMb, pythonMb, javaMb, threads, reservedMb } = numbers;
  const dearest = Math.max(cMb, pythonMb ?? 0, javaMb ?? 0);
  const kb = (mb: number): string => `${(mb * 1024).toFixed(0)} KB`;
  const measured = effect(
    "memory of a parked thread, user and kernel side, dearest language",
    dearest * 1024,
    "KB",
  );
  const each = [
    `C ${kb(cMb)}`,
    pythonMb === null ? "" : `Python ${kb(pythonMb)}`,
    javaMb === null ? "" : `Java ${kb(javaMb)}`,
  ]
    .filter((text) => text !== "")
    .join(", ");
  const why = `a parked thread takes ${each} (of ${threads} at once), while ${reservedMb.toFixed(1)} MB of address space is reserved for it`;
  if (dearest < CLAIMED_MB * FAR_BELOW) return refuted(why, measured);
  if (dearest >= CLAIMED_MB / 2) return confirmed(why, measured);
  return depends("the language", why, measured);
}
