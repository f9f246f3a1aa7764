import { readFileSync } from "node:fs";
import { type ClaimsResult, claimsResult } from "../../src/index.js";

/** TEST DATA, made up: every verdict, both kinds of picture, failures, a result of one run. No number was measured. */
export function fixture(): ClaimsResult {
  const file = new URL("../../../test/article/fixtures/claims.json", import.meta.url);
  return claimsResult.parse(JSON.parse(readFileSync(file, "utf8")));
}
