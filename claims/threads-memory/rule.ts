import { confirmed, type Decision, depends, effect, refuted } from "@heddle/claims";

/** The claim's figure: 10 GB for 10,000 threads, so 1 MB each. */
export const CLAIMED_MB = 1;
/** Below a tenth of that it is another thing that was measured; the reserved address space, most likely. */
const FAR_BELOW = 0.1;

export type ThreadsMemory = {
  /** Parked at once in C and in Rust. */
  readonly threads: number;
  /** Parked at once in Python and in Java. */
  readonly fewer: number;
  /** MiB per thread: resident pages, kernel stacks and page tables. The kernel's part of it follows. */
  readonly cMb: number;
  readonly cKernelMb: number;
  readonly pythonMb: number;
  readonly pythonKernelMb: number;
  readonly javaMb: number | null;
  readonly javaKernelMb: number | null;
  /** Null under --quick, too. */
  readonly rustMb: number | null;
  readonly rustKernelMb: number | null;
  /** MiB of address space per C thread. */
  readonly reservedMb: number;
};

/** Pure: the dearest language decides, so that none of them can save the refutation. */
export function decide(numbers: ThreadsMemory): Decision {
  const { cMb, rustMb, pythonMb, javaMb, threads, fewer, reservedMb } = numbers;
  const dearest = Math.max(cMb, rustMb ?? 0, pythonMb, javaMb ?? 0);
  const kb = (mb: number): string => `${(mb * 1024).toFixed(0)} KB`;
  const measured = effect(
    "memory of a parked thread, user and kernel side, dearest language",
    dearest * 1024,
    "KB",
  );
  const others = `${kb(pythonMb)} in Python${javaMb === null ? "" : ` and ${kb(javaMb)} in Java`}`;
  const rust = rustMb === null ? "" : `, ${kb(rustMb)} in Rust (as many)`;
  const why = `a parked thread takes ${kb(cMb)} in C (${threads} at once, ${(cMb * threads).toFixed(0)} MB in all)${rust}, ${others} (${fewer} at once), while ${reservedMb.toFixed(1)} MB of address space is reserved for a C thread`;
  if (dearest < CLAIMED_MB * FAR_BELOW) return refuted(why, measured);
  if (dearest >= CLAIMED_MB / 2) return confirmed(why, measured);
  return depends("the language", why, measured);
}
