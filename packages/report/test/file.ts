import assert from "node:assert/strict";
import { createHash } from "node:crypto";

/** The names of XML vocabularies look like addresses; nothing is ever loaded from them. */
const VOCABULARIES =
  /^http:\/\/www\.w3\.org\/(2000\/svg|1999\/xlink|1999\/xhtml|2000\/xmlns\/|XML\/1998\/namespace)$/u;

const LOADING = /<(?:link|iframe|img|object|base)\b|@import|url\(|<[^>]* (?:src|style)=/u;

/** The result that a page carries. */
export function dataOf(page: string): unknown {
  const found = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/u.exec(page);
  return JSON.parse(found?.[1] ?? "");
}

/** The page without the embedded data and the bundle: what the parser takes for markup. */
export function markup(page: string): string {
  return page.replace(/<script[\s\S]*?<\/script>/gu, "").replace(/<style[\s\S]*?<\/style>/gu, "");
}

export function assertLoadsNothing(page: string): void {
  const addresses = page.match(/https?:\/\/[^\s"'`)\\<]+/gu) ?? [];
  assert.deepEqual(
    addresses.filter((address) => !VOCABULARIES.test(address)),
    [],
  );
  // What stands in quotes is no name of an attribute; a quote in foreign text is escaped.
  const still = page.replace(/<script[\s\S]*?<\/script>/gu, "").replace(/"[^"]*"/gu, '""');
  assert.doesNotMatch(still, LOADING);
  const away = (markup(page).match(/href="[^"]*"/gu) ?? []).filter((href) => !href.startsWith('href="#'));
  assert.deepEqual(away, []);
}

export function assertRunsOnlyItsOwn(page: string): void {
  const policy =
    /Content-Security-Policy" content="([^"]*)"/u.exec(page)?.[1]?.replaceAll("&#39;", "'") ?? "";
  const hash = (content: string | undefined) =>
    `'sha256-${createHash("sha256")
      .update(content ?? "")
      .digest("base64")}'`;
  assert.match(policy, /^default-src 'none';/u);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/u);
  assert.ok(policy.includes(hash(/<style>([\s\S]*?)<\/style>/u.exec(page)?.[1])));
  assert.ok(policy.includes(hash(/<script>([\s\S]*?)<\/script>/u.exec(page)?.[1])));
}
