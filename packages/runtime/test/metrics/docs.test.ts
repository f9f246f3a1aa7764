import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { eventNames } from "../../src/metrics/event-names.js";
import { FAMILIES, processMetrics } from "../../src/metrics/families.js";

const page = readFileSync(new URL("../../../../../docs/metrics.md", import.meta.url), "utf8");

function firstColumn(heading: string): string[] {
  const section =
    page.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? assert.fail(`no section ${heading}`);
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = ""]) => name);
}

test("the page lists every metric family and no other", () => {
  const rules = Object.values(FAMILIES).flat();
  const names = new Set(
    [...rules, ...processMetrics()].map(({ name }) => name).concat("heddle_metrics_errors_total"),
  );
  assert.deepEqual(firstColumn("Families").sort(), [...names].sort());
});

test("the page lists every event and no other", () => {
  assert.deepEqual(firstColumn("Events").sort(), [...eventNames].sort());
});

test("the page gives the type of each family", () => {
  for (const { name, type } of Object.values(FAMILIES).flat())
    assert.ok(page.includes(`| \`${name}\` | ${type} |`), name);
});
