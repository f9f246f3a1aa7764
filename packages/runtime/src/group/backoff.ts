import { checkInside, MS, type Rules } from "../error/options.js";
import type { Backoff } from "./types.js";

export const LONGEST_PAUSE = 30_000;

const BACKOFF: Rules<Backoff> = {
  initial: MS,
  factor: (value) => !(typeof value === "number" && value >= 1) && "a number from 1 up",
  max: MS,
  jitter: (value) =>
    typeof value !== "boolean" &&
    !(typeof value === "number" && value >= 0 && value <= 1) &&
    "a number from 0 to 1, or a boolean",
};

export function checkBackoff(backoff: Backoff | undefined): void {
  checkInside("backoff", backoff, BACKOFF);
}

/** Milliseconds before try number `failures + 1`: initial x factor^(failures - 1), at most max, less a random share. */
export function pause(backoff: Backoff | undefined, failures: number): number {
  const { initial = 100, factor = 2, max = LONGEST_PAUSE, jitter = 0 } = backoff ?? {};
  return Math.min(initial * factor ** (failures - 1), max) * (1 - Number(jitter) * Math.random());
}
