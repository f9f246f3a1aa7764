import { BadOptionError } from "../error/errors.js";

/** More than there can ever be readers: what a writer takes is everything. */
export const ALL = 2 ** 30;

/** The most permits a semaphore may have; with 2^30, a semaphore and a read-write lock could not be told apart. */
export const MAX_PERMITS = ALL - 1;

export function badPermits(permits: unknown): BadOptionError | undefined {
  if (Number.isInteger(permits) && (permits as number) >= 1 && (permits as number) <= MAX_PERMITS)
    return undefined;
  return new BadOptionError("the number of permits", permits, `a whole number from 1 to ${MAX_PERMITS}`);
}

export function badWeight(weight: unknown, permits: number): BadOptionError | undefined {
  if (Number.isInteger(weight) && (weight as number) >= 1 && (weight as number) <= permits) return undefined;
  return new BadOptionError(
    "weight",
    weight,
    `a whole number from 1 to ${permits}, the permits of the semaphore`,
  );
}
