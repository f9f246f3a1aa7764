import { readFile } from "node:fs/promises";
import { UserError } from "../error.js";
import { mistake } from "../workload/mistake.js";
import { COMPARE_SCHEMA, type CompareResult, compareResult } from "./schema.js";

const NEXT = "heddle compare --quick";

/**
 * A result that `heddle compare` wrote.
 * @throws UserError BAD_FILE when the file is missing, is not JSON, has another schema, or a field is wrong.
 */
export async function readResult(path: string): Promise<CompareResult> {
  const value = await readJson(path, NEXT);
  const schema: unknown =
    typeof value === "object" && value !== null ? Reflect.get(value, "schema") : undefined;
  if (schema !== COMPARE_SCHEMA) {
    throw new UserError("BAD_FILE", {
      what: `${path} is not a result of heddle compare`,
      got: schema === undefined ? "no schema" : `schema ${JSON.stringify(schema).slice(0, 80)}`,
      expected: `schema "${COMPARE_SCHEMA}"`,
      next: NEXT,
    });
  }
  const parsed = compareResult.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = Object.keys(compareResult.shape);
  throw mistake("BAD_FILE", parsed.error, { source: path, within: "", value, fields, next: NEXT });
}

/**
 * The JSON value in a file.
 * @throws UserError BAD_FILE when it cannot be read or is not JSON.
 */
export async function readJson(path: string, next: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const got = String(Reflect.get(Object(cause), "code"));
    throw new UserError("BAD_FILE", { what: `cannot read ${path}`, got, next }, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const got = String(Reflect.get(Object(cause), "message"));
    throw new UserError("BAD_FILE", { what: `${path} is not JSON`, got, expected: "JSON", next }, { cause });
  }
}
