import type { LazyStack } from "../group/config.js";
import { reportsOn } from "../group/config.js";

/**
 * A stack costs 2 to 7 us, ten to fifty times a lock operation. So stacks are taken from a budget that is filled up each tick:
 * where locks are used some thousand times a second, every report has all its stacks; where they are used in millions, the
 * operations that find the budget empty go without, and a report says so.
 */
const PER_TICK = 500;
/** Making a stack into text costs 20 us or more. */
const TEXTS_PER_TICK = 50;

let left = PER_TICK;
let texts = TEXTS_PER_TICK;

export function refill(): void {
  left = PER_TICK;
  texts = TEXTS_PER_TICK;
}

export function budgetUsed(): boolean {
  return left < PER_TICK || texts < TEXTS_PER_TICK;
}

/** The caller's stack, unrendered, if the budget allows it. */
export function spend(above: (...args: never[]) => unknown): LazyStack | undefined {
  if (left <= 0) return undefined;
  left -= 1;
  const holder: LazyStack = {};
  Error.captureStackTrace(holder, above);
  return holder;
}

/** May one more stack be made into text? */
export function spendText(): boolean {
  if (texts <= 0) return false;
  texts -= 1;
  return true;
}

/** A function or a class. */
export type Callee = ((...args: never[]) => unknown) | (abstract new (...args: never[]) => unknown);

/** Where something is made: one frame alone, which is a quarter of the price of a whole stack. */
export function siteOf(above: Callee): LazyStack | undefined {
  if (!reportsOn()) return undefined;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  const holder: LazyStack = {};
  Error.captureStackTrace(holder, above);
  Error.stackTraceLimit = limit;
  return holder;
}
