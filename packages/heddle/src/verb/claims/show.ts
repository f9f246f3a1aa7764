import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type FoundClaim, findClaims, selectClaims } from "@heddle/claims";
import { claimText } from "../../view/claim.js";
import { paintFor } from "../../view/paint.js";
import { widthOf } from "../../view/text.js";
import { lastVerdicts } from "./last.js";

/** `heddle claims show ID...`: all there is to know about a claim, its code included. */
export async function showClaims(
  ids: readonly string[],
  options: { readonly json?: boolean; readonly out?: string },
): Promise<number> {
  const last = await lastVerdicts(options.out);
  const chosen = selectClaims(await findClaims(), ids);
  const shown = await Promise.all(
    chosen.map(async (found) => ({
      found,
      code: await codeOf(found),
      last: last.get(found.claim.id) ?? null,
    })),
  );
  const { stdout, env } = process;
  if (options.json === true) {
    const claims = shown.map(({ found: { claim }, code, last: result }) => ({
      ...Object.fromEntries(Object.entries(claim).filter(([, value]) => typeof value === "string")),
      code,
      last: result,
    }));
    stdout.write(`${JSON.stringify({ schema: "heddle.claims-show/1", claims }, null, 2)}\n`);
    return 0;
  }
  const width = widthOf(stdout, env);
  const paint = paintFor(stdout, env);
  stdout.write(`${shown.map((each) => claimText(each, width, paint)).join("\n\n")}\n`);
  return 0;
}

/** The programs of the claim, then its rule as it was written. */
async function codeOf({ claim, dir }: FoundClaim): Promise<{ file: string; text: string }[]> {
  if ("untestable" in claim) return [];
  const files = [...claim.programs, ...(claim.optional ?? []), "rule.ts"];
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(join(dir, file), "utf8") })));
}
