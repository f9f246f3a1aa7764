import type { z } from "zod";
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
  if (issue.path.length === 0) return badModelText(path, "is not a model", show(value), "a JSON object");
  return badModelText(
    path,
    `has a bad field "${issue.path.join(".")}"`,
    show(at(value, issue.path)),
    expectation(issue.message),
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

/** Zod says "Invalid input: expected X, received Y"; the message has a line of its own for Y. */
function expectation(message: string): string {
  return /expected (.*?)(?:, received .*)?$/.exec(message)?.[1]?.replaceAll("|", ", ") ?? message;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = Reflect.get(here, key);
  }
  return here;
}

function show(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) return "nothing";
  return text.length > 120 ? `${text.slice(0, 120)}...` : text;
}
