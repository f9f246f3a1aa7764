import { readJson, UserError } from "@heddle/lab";
import { CLAIMS_SCHEMA, type ClaimsResult, claimsResult } from "./schema.js";

const NEXT = "heddle claims --quick";

/**
 * A result that `heddle claims` wrote.
 * @throws UserError BAD_FILE when the file is missing, is not JSON, has another schema, or a field is wrong.
 */
export async function readClaims(path: string): Promise<ClaimsResult> {
  return checkClaims(await readJson(path, NEXT), path);
}

/** The same for a value that was read already; `path` is for the message. */
export function checkClaims(value: unknown, path: string): ClaimsResult {
  const schema: unknown =
    typeof value === "object" && value !== null ? Reflect.get(value, "schema") : undefined;
  if (schema !== CLAIMS_SCHEMA) {
    throw new UserError("BAD_FILE", {
      what: `${path} is not a result of heddle claims`,
      got: schema === undefined ? "no schema" : `schema ${JSON.stringify(schema).slice(0, 80)}`,
      expected: `schema "${CLAIMS_SCHEMA}"`,
      next: NEXT,
    });
  }
  const parsed = claimsResult.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError("BAD_FILE", {
    what: `${path} has a bad field`,
    got: issue === undefined ? "" : issue.path.join("."),
    expected: issue?.message ?? "a valid result",
    next: NEXT,
  });
}
