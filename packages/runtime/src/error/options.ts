import { BadOptionError } from "./errors.js";

/** What a given value should have been, or false when it may be. */
export type Rule = (value: unknown) => string | false;

/** One rule per option and no other: an option that joins or leaves its type does not compile before it does so here. */
export type Rules<Options> = { readonly [Name in keyof Options]-?: Rule };

/** Its value is checked where it is used. */
export const ANY: Rule = () => false;
export const TEXT: Rule = (value) => typeof value !== "string" && "a string";
export const SIGNAL: Rule = (value) => !(value instanceof AbortSignal) && "an AbortSignal";
export const MS: Rule = (value) =>
  !(typeof value === "number" && value >= 0) && "a number of milliseconds from 0 up";
export const COUNT: Rule = (value) => !isCount(value) && "an integer from 1 up, or Infinity";

export function isCount(value: unknown): boolean {
  return value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && (value as number) >= 1);
}

/**
 * Refuses options for the first name that is unknown or value that cannot be meant. An unknown name counts only as their own:
 * what an object inherits was not written for us. Names that are symbols are not looked at.
 *
 * @throws BadOptionError
 */
export function checkOptions(options: object, rules: object): void {
  if (typeof options !== "object" || !options || options instanceof AbortSignal) {
    throw new BadOptionError("the options", options, "an object { name: value }");
  }
  for (const name in options) {
    const value = (options as Record<string, unknown>)[name];
    const wrong = Object.hasOwn(rules, name)
      ? value !== undefined && (rules as Record<string, Rule>)[name]?.(value)
      : Object.hasOwn(options, name) &&
        `one of the options ${Object.keys(rules).join(", ")}${hint(name, rules)}`;
    if (wrong) throw new BadOptionError(name, value, wrong);
  }
}

/** The same for an object among the options: its own options are told as `backoff.initial`. @throws BadOptionError */
export function checkInside(path: string, options: object | undefined, rules: object): void {
  if (options === undefined) return;
  if (typeof options !== "object" || options === null) throw new BadOptionError(path, options, "an object");
  checkOptions(under(path, options), under(path, rules));
}

function under(path: string, all: object): object {
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [`${path}.${name}`, value]));
}

let hint: (name: string, rules: object) => string = () => "";

/** What follows the names that are known. A bundle in which nobody sets it does without. */
export function setHint(next: typeof hint): void {
  hint = next;
}
