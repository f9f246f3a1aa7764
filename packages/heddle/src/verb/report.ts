import { basename, dirname, join, resolve } from "node:path";
import { CLAIMS_SCHEMA, checkClaims } from "@heddle/claims";
import { COMPARE_SCHEMA, readJson, readResult, UserError } from "@heddle/lab";
import { verdictsText } from "../view/claims.js";
import { paintFor } from "../view/paint.js";
import { resultText } from "../view/result.js";
import { widthOf } from "../view/text.js";
import { writeNamed } from "./write.js";

const NEXT =
  "heddle report heddle-results/compare.json, which heddle compare writes, or claims.json beside it";

/** A result read back: its data, its page, and its text for a terminal. */
interface Redrawn {
  readonly result: object;
  readonly page: string;
  readonly text: string;
}

/** `heddle report result.json`: the page again, and the tables, of either kind of result. */
export async function runReport(
  file: string,
  options: { readonly html?: string; readonly json?: boolean },
): Promise<number> {
  const { stdout, stderr } = process;
  const target = options.html ?? join(dirname(file), `${basename(file, ".json")}.html`);
  if (resolve(target) === resolve(file)) {
    throw new UserError("BAD_OPTION", {
      what: "--html would overwrite the result itself",
      got: JSON.stringify(target),
      expected: "the name of the page",
      next: `heddle report ${file}`,
    });
  }
  const { result, page, text } = await redraw(file);
  await writeNamed(target, page);
  if (options.json === true) {
    stdout.write(`${JSON.stringify(result)}\n`);
    stderr.write(`report: ${target}\n`);
    return 0;
  }
  stdout.write(`${text}\n\nReport: ${target}\n`);
  return 0;
}

async function redraw(file: string): Promise<Redrawn> {
  const { stdout, env } = process;
  const width = widthOf(stdout, env);
  const paint = paintFor(stdout, env);
  const report = await import("@heddle/report");
  const value = await readJson(file, NEXT);
  const schema: unknown =
    typeof value === "object" && value !== null ? Reflect.get(value, "schema") : undefined;
  if (schema === CLAIMS_SCHEMA) {
    const result = checkClaims(value, file);
    return { result, page: report.renderClaims(result), text: verdictsText(result, width, paint) };
  }
  if (schema === COMPARE_SCHEMA) {
    const result = await readResult(file);
    return { result, page: report.renderReport(result), text: resultText(result, width, paint) };
  }
  throw new UserError("BAD_FILE", {
    what: `${file} is no result of heddle compare or heddle claims`,
    got: schema === undefined ? "no schema" : `schema ${JSON.stringify(schema).slice(0, 80)}`,
    expected: `schema "${COMPARE_SCHEMA}" or "${CLAIMS_SCHEMA}"`,
    next: NEXT,
  });
}
