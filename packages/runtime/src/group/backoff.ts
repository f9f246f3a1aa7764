import { check, isMs } from "./options.js";
import type { Backoff } from "./types.js";

export const LONGEST_PAUSE = 30_000;

export function checkBackoff(backoff: Backoff | undefined): void {
  if (backoff === undefined) return;
  const { initial, factor, max, jitter } = backoff;
  check("backoff.initial", initial, isMs(initial), "a number of milliseconds from 0 up");
  check("backoff.factor", factor, typeof factor === "number" && factor >= 1, "a number from 1 up");
  check("backoff.max", max, isMs(max), "a number of milliseconds from 0 up");
  const share = typeof jitter === "boolean" || (typeof jitter === "number" && jitter >= 0 && jitter <= 1);
  check("backoff.jitter", jitter, share, "a number from 0 to 1, or a boolean");
}

/** Milliseconds before try number `failures + 1`: initial x factor^(failures - 1), at most max, less a random share. */
export function pause(backoff: Backoff | undefined, failures: number): number {
  const { initial = 100, factor = 2, max = LONGEST_PAUSE, jitter = 0 } = backoff ?? {};
  return Math.min(initial * factor ** (failures - 1), max) * (1 - Number(jitter) * Math.random());
}
