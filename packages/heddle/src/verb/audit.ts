import { audit, readJson } from "@heddle/lab";
import { auditText } from "../view/audit.js";
import { paintFor } from "../view/paint.js";
import { widthOf } from "../view/text.js";

/** `heddle audit table.json`; 1 under --strict when a row is impossible. */
export async function runAudit(
  file: string,
  options: { readonly json?: boolean; readonly strict?: boolean },
): Promise<number> {
  const answer = audit(await readJson(file, "heddle audit --help"));
  const { stdout, env } = process;
  const text =
    options.json === true
      ? JSON.stringify(answer, null, 2)
      : auditText(answer, widthOf(stdout, env), paintFor(stdout, env));
  stdout.write(`${text}\n`);
  return options.strict === true && answer.rows.some((row) => !row.possible) ? 1 : 0;
}
