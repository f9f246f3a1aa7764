import { BadOptionError } from "../error/errors.js";
import type { GroupOptions } from "./types.js";

const MS = "a number of milliseconds from 0 up";

/** Throws BadOptionError for the first option that cannot be meant. */
export function checkGroupOptions(options: GroupOptions): void {
  const { name, timeout, deadline, limit, signal, onError, warnAfter } = options;
  check("name", name, typeof name === "string", "a string");
  check("timeout", timeout, isMs(timeout), MS);
  check("deadline", deadline, typeof deadline === "number" && !Number.isNaN(deadline), "epoch milliseconds");
  check("limit", limit, isCount(limit), "an integer from 1 up, or Infinity");
  check("signal", signal, signal instanceof AbortSignal, "an AbortSignal");
  check("onError", onError, onError === "cancel" || onError === "collect", '"cancel" or "collect"');
  check("warnAfter", warnAfter, isMs(warnAfter), MS);
}

export function check(name: string, got: unknown, good: boolean, expected: string): void {
  if (got !== undefined && !good) throw new BadOptionError(name, got, expected);
}

export function isMs(value: unknown): boolean {
  return typeof value === "number" && value >= 0;
}

export function isCount(value: unknown): boolean {
  return value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && (value as number) >= 1);
}
