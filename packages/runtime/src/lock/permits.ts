import { checkOptions, type Rule } from "../error/options.js";

/** More than there can ever be readers: what a writer takes is everything. */
export const ALL = 2 ** 30;

/** The most permits a semaphore may have; with 2^30, a semaphore and a read-write lock could not be told apart. */
const MAX_PERMITS = ALL - 1;

/** @throws BadOptionError */
export function checkPermits(permits: number): void {
  checkOptions({ permits }, { permits: upTo(MAX_PERMITS) });
}

/** How many permits may be asked of a semaphore at once. */
export function weightOf(permits: number): Rule {
  return upTo(permits, ", the permits of the semaphore");
}

function upTo(most: number, which = ""): Rule {
  return (count) =>
    !(Number.isInteger(count) && (count as number) >= 1 && (count as number) <= most) &&
    `a whole number from 1 to ${most}${which}`;
}
