import { UserError } from "../error.js";

/** What a quantity is called in messages, and the unit a plain number has. */
export interface QuantityOf {
  /** The option or field, as the user typed it: `--io`. */
  readonly name: string;
  readonly unit: string;
  readonly example: string;
}

const MILLISECONDS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};
const BYTES: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/**
 * A duration in milliseconds: "10ms", "2s", "1m", or a plain number of `of.unit`.
 * @throws UserError BAD_OPTION that names the option.
 */
export function milliseconds(text: string, of: QuantityOf): number {
  return quantity(text, of, MILLISECONDS, "a duration with us, ms, s, m or h");
}

/**
 * A size in bytes: "64kb", "200mb" (of 1024), or a plain number of `of.unit`.
 * @throws UserError BAD_OPTION that names the option.
 */
export function bytes(text: string, of: QuantityOf): number {
  return quantity(text, of, BYTES, "a size with b, kb, mb or gb");
}

/**
 * A plain number from `min` up.
 * @throws UserError BAD_OPTION that names the option.
 */
export function number(
  text: string,
  name: string,
  limits: { min: number; whole: boolean },
  next = "heddle compare --help",
): number {
  const value = /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= limits.min && value <= Number.MAX_SAFE_INTEGER && (!limits.whole || Number.isInteger(value))) {
    return value;
  }
  throw new UserError("BAD_OPTION", {
    what: `${name} is not a number that can be used`,
    got: JSON.stringify(text.slice(0, 80)),
    expected: `a ${limits.whole ? "whole number" : "number"} from ${limits.min} up`,
    next,
  });
}

function quantity(
  text: string,
  of: QuantityOf,
  units: Readonly<Record<string, number>>,
  kind: string,
): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(text.trim().toLowerCase());
  const factor = units[match?.[2] || of.unit];
  const value = factor === undefined ? Number.NaN : Number(match?.[1]) * factor;
  if (value >= 0 && value <= Number.MAX_SAFE_INTEGER) return value;
  throw new UserError("BAD_OPTION", {
    what: `${of.name} cannot be read`,
    got: JSON.stringify(text.slice(0, 80)),
    expected: `${kind}, or a plain number of ${of.unit}`,
    next: `${of.name} ${of.example}`,
  });
}
