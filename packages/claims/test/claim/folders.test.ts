import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findClaims } from "../../src/index.js";
import { publishedSchemas } from "../../src/result/published.js";
import { fakeHome } from "../support/home.js";

const claims = await findClaims();

test("every claim of the published table is there", () => {
  assert.ok(claims.length >= 40, `${claims.length} claims`);
});

for (const { claim, dir } of claims) {
  test(`${claim.id} has a rule with tests on both sides of its line`, () => {
    if ("untestable" in claim) return;
    const text = existsSync(join(dir, "rule.test.ts")) ? readFileSync(join(dir, "rule.test.ts"), "utf8") : "";
    const verdicts = new Set(text.match(/"(confirmed|refuted|depends|undecided)"/g));
    assert.ok(
      verdicts.size >= 2,
      `rule.test.ts of ${claim.id} knows ${[...verdicts].join(", ") || "no verdict"}`,
    );
    assert.ok(existsSync(join(dir, "rule.ts")), "the rule is a file of its own");
  });
}

for (const [what, fields, message] of [
  ["another id", { id: '"other"' }, /its id is "other"/],
  ["an unknown topic", { topic: '"weather"' }, /no topic "weather"/],
  ["empty words", { practice: '" "' }, /practice is empty/],
  ["a program that is not there", { programs: '["a.py"]' }, /there is no a\.py/],
  ["a program in an unknown language", { programs: '["a.zig"]' }, /no language is known for a\.zig/],
] as const) {
  test(`a claim folder with ${what} is refused by name`, async () => {
    await assert.rejects(findClaims(fakeHome({ mine: { fields } })), (error: Error) => {
      assert.match(error.message, /this is a bug in the claim mine/);
      assert.match(error.message, message);
      return true;
    });
  });
}

test("the published schema is up to date (node scripts/write-schemas.mjs)", () => {
  for (const [file, schema] of Object.entries(publishedSchemas())) {
    const path = new URL(`../../../schema/${file}`, import.meta.url);
    assert.deepEqual(JSON.parse(readFileSync(path, "utf8")), JSON.parse(JSON.stringify(schema)));
  }
});
