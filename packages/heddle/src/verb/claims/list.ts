import { findClaims } from "@heddle/claims";
import { claimsTable } from "../../view/claims.js";
import { paintFor } from "../../view/paint.js";
import { widthOf } from "../../view/text.js";
import { lastVerdicts } from "./last.js";

/** `heddle claims list`. */
export async function listClaims(options: {
  readonly json?: boolean;
  readonly out?: string;
}): Promise<number> {
  const last = await lastVerdicts(options.out);
  const rows = (await findClaims()).map(({ claim: { id, topic, claim, source } }) => ({
    id,
    topic,
    claim,
    source,
    verdict: last.get(id)?.verdict ?? null,
  }));
  const { stdout, env } = process;
  if (options.json === true) {
    stdout.write(`${JSON.stringify({ schema: "heddle.claims-list/1", claims: rows }, null, 2)}\n`);
    return 0;
  }
  stdout.write(`${claimsTable(rows, widthOf(stdout, env), paintFor(stdout, env))}\n`);
  return 0;
}
