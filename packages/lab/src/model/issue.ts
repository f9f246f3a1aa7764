import type { z } from "zod";
import { expectation, shown, valueAt } from "../checked.js";
import { UserError } from "../error.js";

const SEE = "see docs/models.md";

/** The first thing wrong with a model.json, as a message that names the field. */
export function badModel(
  path: string,
  value: unknown,
  error: z.ZodError,
  fields: readonly string[],
): UserError {
  const issue = error.issues[0];
  if (issue === undefined) return badModelText(path, "is not valid", undefined, "a model");
  if (issue.code === "unrecognized_keys") {
    const place = issue.path.length === 0 ? "" : ` in "${issue.path.join(".")}"`;
    const known = issue.path.length === 0 ? fields : ["name", "pool", "workloads"];
    return badModelText(
      path,
      `has an unknown field${place}`,
      issue.keys.map((key) => JSON.stringify(key).slice(0, 80)).join(", "),
      `only ${known.join(", ")}`,
    );
  }
  if (issue.path.length === 0) return badModelText(path, "is not a model", shown(value), "a JSON object");
  return badModelText(
    path,
    `has a bad field "${issue.path.join(".")}"`,
    shown(valueAt(value, issue.path)),
    expectation(issue),
  );
}

/** BAD_MODEL about the file at `path`. */
export function badModelText(
  path: string,
  wrong: string,
  got: string | undefined,
  expected: string,
  next = SEE,
): UserError {
  return new UserError("BAD_MODEL", {
    what: `${path} ${wrong}`,
    ...(got === undefined ? {} : { got }),
    expected,
    next,
  });
}
