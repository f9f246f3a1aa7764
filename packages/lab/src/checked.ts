import type { z } from "zod";

// What messages say of a value that zod refused, whatever file or option it came from.

/** What stands at a path of a checked value; undefined where the path leads nowhere. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (here, key) => (typeof here === "object" && here !== null ? Reflect.get(here, key) : undefined),
    value,
  );
}

/** A value as messages show it: JSON, cut after 120 characters, because it may be a whole file. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) return "nothing";
  return text.length > 120 ? `${text.slice(0, 120)}...` : text;
}

/**
 * What zod expected. It says "Invalid input: expected X, received Y" and "Too small: expected number to be >=1";
 * messages of ours have a line of their own for Y.
 */
export function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value")
    return `one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
  return /expected (.*?)(?:, received .*)?$/.exec(issue.message)?.[1] ?? issue.message;
}
