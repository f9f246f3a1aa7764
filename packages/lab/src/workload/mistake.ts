import type { z } from "zod";
import { expectation, shown, valueAt } from "../checked.js";
import { UserError, type UserErrorCode } from "../error.js";
import { closest } from "../model/select.js";

/** Where a checked value came from. */
export interface Checked {
  /** What messages call the file, or the option, which then stands for the field. */
  readonly source: string;
  /** Path of the value in the file, or "". */
  readonly within: string;
  readonly value: unknown;
  /** The names that may stand at the top of the value, for did-you-mean. */
  readonly fields: readonly string[];
  readonly next: string;
}

/** The first thing zod has against a value, as a message that names the field, what stands there and what should. */
export function mistake(code: UserErrorCode, error: z.ZodError, checked: Checked): UserError {
  const { source, within, value, fields, next } = checked;
  const issue = error.issues[0];
  if (issue === undefined) return new UserError(code, { what: `${source} is not valid`, next });
  const unknown = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  if (unknown !== undefined) {
    const path = pathText(within, [...issue.path, unknown.slice(0, 80)]);
    const [close] = issue.path.length === 0 ? closest(unknown, fields) : [];
    return new UserError(code, {
      what: `${source} has an unknown field "${path}"`,
      ...(issue.path.length === 0 ? { expected: `one of ${fields.join(", ")}` } : {}),
      next: close === undefined ? next : `did you mean "${close}"?`,
    });
  }
  const got = shown(valueAt(value, issue.path));
  const what =
    issue.path.length + within.length === 0 || source.startsWith("--")
      ? `${source} cannot be used`
      : `${source} has a bad field "${pathText(within, issue.path)}"`;
  return new UserError(code, { what, got, expected: expectation(issue), next });
}

function pathText(within: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, within);
}
