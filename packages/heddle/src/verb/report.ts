import { basename, dirname, join } from "node:path";
import { CLAIMS_SCHEMA, checkClaims } from "@heddle/claims";
import { readJson, readResult, writeWhole } from "@heddle/lab";
import { verdictsText } from "../view/claims.js";
import { paintFor } from "../view/paint.js";
import { resultText } from "../view/result.js";
import { widthOf } from "../view/text.js";

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
  const { result, page, text } = await redraw(file);
  const target = options.html ?? join(dirname(file), `${basename(file, ".json")}.html`);
  await writeWhole(target, page);
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
  const value = await readJson(file, "heddle compare --quick");
  if (typeof value === "object" && value !== null && Reflect.get(value, "schema") === CLAIMS_SCHEMA) {
    const result = checkClaims(value, file);
    return { result, page: report.renderClaims(result), text: verdictsText(result, width, paint) };
  }
  const result = await readResult(file);
  return { result, page: report.renderReport(result), text: resultText(result, width, paint) };
}
