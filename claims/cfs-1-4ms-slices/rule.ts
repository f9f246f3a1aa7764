import { confirmed, type Decision, depends, effect, refuted } from "@heddle/claims";

export const CLAIMED_FROM_MS = 1;
export const CLAIMED_TO_MS = 4;
/** A slice ends at a tick of the clock (1 to 10 ms apart), so one and a half times on either side is still met. */
const ALLOWANCE = 1.5;
/** Linux 6.6 replaced CFS by EEVDF. */
const FIRST_WITHOUT_CFS = [6, 6] as const;

export type Slices = {
  readonly kernelMajor: number;
  readonly kernelMinor: number;
  /** What the kernel says is the slice of a task; 0 when it does not say. CFS had no such figure per task. */
  readonly toldMs: number;
  /** Threads that computed on one CPU, and how long one kept it before it was taken away. */
  readonly threads: readonly number[];
  readonly slicesMs: readonly number[];
  /** The same for two threads that asked for slices of `askedForMs`. */
  readonly askedForMs: number;
  readonly askedMs: number;
};

export function decide(numbers: Slices): Decision {
  const { kernelMajor, kernelMinor, toldMs, threads, slicesMs, askedForMs, askedMs } = numbers;
  const ms = (time: number): string => `${time.toFixed(1)} ms`;
  const measured = effect(
    "slice of one of two threads that compute on one CPU",
    slicesMs[0] ?? Number.NaN,
    "ms",
  );
  const inside = slicesMs.filter(
    (slice) => slice >= CLAIMED_FROM_MS / ALLOWANCE && slice <= CLAIMED_TO_MS * ALLOWANCE,
  ).length;
  const found =
    `${threads.join(", ")} threads on one CPU kept it for ${slicesMs.map(ms).join(", ")} at a time` +
    `; two that asked for ${ms(askedForMs)} kept it for ${ms(askedMs)}`;
  if (isPastCfs(numbers)) {
    const told = toldMs > 0 ? ` (the kernel itself says ${ms(toldMs)}, up to the next tick)` : "";
    const number = inside === slicesMs.length ? "the length still fits" : "the length does not fit either";
    return refuted(
      `Linux ${kernelMajor}.${kernelMinor} has no CFS any more but EEVDF; ${number}: ${found}${told}`,
      measured,
    );
  }
  const why = `Linux ${kernelMajor}.${kernelMinor} has CFS; ${found}`;
  if (inside === slicesMs.length) return confirmed(why, measured);
  if (inside === 0) return refuted(why, measured);
  return depends("how many threads want the CPU", why, measured);
}

/** By the version, or by a slice that only the later scheduler has: distributors carry it back to older kernels. */
function isPastCfs({ kernelMajor, kernelMinor, toldMs }: Slices): boolean {
  const [major, minor] = FIRST_WITHOUT_CFS;
  return toldMs > 0 || kernelMajor > major || (kernelMajor === major && kernelMinor >= minor);
}
