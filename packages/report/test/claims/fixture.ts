import { readFileSync } from "node:fs";
import { type ClaimsResult, claimsResult } from "@heddle/claims";

/** TEST DATA, made up, shared with the article: every verdict, both kinds of picture, failures, a result of one run. */
export function fixture(): ClaimsResult {
  const file = new URL("../../../../claims/test/article/fixtures/claims.json", import.meta.url);
  return claimsResult.parse(JSON.parse(readFileSync(file, "utf8")));
}

export const ATTACKS = [
  "<zz-",
  '"zz-',
  "'zz-",
  "</script><zz-",
  "--><zz-",
  "</style><zz-",
  "</q></h3><img src=x onerror=alert(1)><zz-",
  "\u0000<zz-",
] as const;

/** Fields whose text comes from claims, programs, machines and files. */
const FOREIGN = new Set(
  "id claim source why on name unit title failures experiment rule practice where cpu os kernel node heddle createdAt partial virtualization".split(
    " ",
  ),
);

/** The same result with `change` made to every foreign text, names of numbers and of runtimes among them. */
export function poisoned(result: ClaimsResult, change: (text: string) => string): ClaimsResult {
  return poison(result, change, "") as ClaimsResult;
}

function poison(value: unknown, change: (text: string) => string, field: string): unknown {
  if (typeof value === "string") return FOREIGN.has(field) ? change(value) : value;
  if (Array.isArray(value)) return value.map((item) => poison(item, change, field));
  if (typeof value !== "object" || value === null) return value;
  const named = field === "numbers" || field === "runtimes";
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      named ? change(key) : key,
      named && typeof item === "string" ? change(item) : poison(item, change, key),
    ]),
  );
}
