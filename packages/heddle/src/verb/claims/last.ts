import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ClaimResult, readClaims } from "@heddle/claims";
import { DEFAULT_OUT } from "./run.js";

/** What the last run in this folder found, by id; empty when there was none. A damaged file is an error, not "none". */
export async function lastVerdicts(out: string | undefined): Promise<ReadonlyMap<string, ClaimResult>> {
  const file = join(out ?? DEFAULT_OUT, "claims.json");
  if (!existsSync(file)) return new Map();
  const { claims } = await readClaims(file);
  return new Map(claims.map((claim) => [claim.id, claim]));
}
