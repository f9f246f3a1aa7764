import { basename, dirname, join } from "node:path";
import { readResult, writeWhole } from "@heddle/lab";
import { paintFor } from "../view/paint.js";
import { resultText } from "../view/result.js";
import { widthOf } from "../view/text.js";

/** `heddle report result.json`: the page again, and the tables. */
export async function runReport(
  file: string,
  options: { readonly html?: string; readonly json?: boolean },
): Promise<number> {
  const result = await readResult(file);
  const { stdout, stderr, env } = process;
  const { renderReport } = await import("@heddle/report");
  const page = options.html ?? join(dirname(file), `${basename(file, ".json")}.html`);
  await writeWhole(page, renderReport(result));
  if (options.json === true) {
    stdout.write(`${JSON.stringify(result)}\n`);
    stderr.write(`report: ${page}\n`);
    return 0;
  }
  stdout.write(`${resultText(result, widthOf(stdout, env), paintFor(stdout, env))}\n\nReport: ${page}\n`);
  return 0;
}
