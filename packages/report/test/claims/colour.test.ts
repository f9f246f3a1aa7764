import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { contrast } from "../contrast.js";

/** Name to colour, by day and by night, as a sheet writes both in one line. */
function pairsIn(sheet: string): Map<string, { light: string; dark: string }> {
  const text = readFileSync(new URL(`../../../src/style/${sheet}`, import.meta.url), "utf8");
  const pairs = text.matchAll(/--([\w-]+): var\(--light, (#[\da-f]{6})\) var\(--dark, (#[\da-f]{6})\);/gu);
  return new Map([...pairs].map(([, name = "", light = "", dark = ""]) => [name, { light, dark }]));
}

const shared = pairsIn("theme.css");
const own = pairsIn("claims/colour.css");

describe("the colours of the page of claims", () => {
  for (const theme of ["light", "dark"] as const) {
    const colour = (name: string) => (shared.get(name) ?? own.get(name))?.[theme] ?? assert.fail(name);

    it(`let verdicts be read and lines be seen, ${theme}`, () => {
      const ground = colour("ground");
      for (const verdict of ["refuted", "confirmed", "depends", "undecided", "untestable"]) {
        const ink = colour(verdict);
        assert.ok(contrast(ink, ground) >= 4.5, `${verdict} on the ground: ${contrast(ink, ground)}`);
        const soft = colour(`${verdict}-soft`);
        assert.ok(contrast(ink, soft) >= 4.5, `${verdict} on its badge: ${contrast(ink, soft)}`);
      }
      for (const line of ["c0", "c1", "c2", "c3", "c4", "c5", "claimed", "cure", "cure2"]) {
        assert.ok(contrast(colour(line), ground) >= 3, `${line}: ${contrast(colour(line), ground)}`);
      }
    });

    it(`let the text of both pages be read, ${theme}`, () => {
      for (const [ink, ...grounds] of [
        ["ink", "ground", "raised"],
        ["soft", "ground", "raised"],
        ["accent", "ground"],
        ["won-ink", "won"],
        ["care-ink", "care"],
        ["void", "ground"],
      ] as const) {
        for (const ground of grounds) {
          const found = contrast(colour(ink), colour(ground));
          assert.ok(found >= 4.5, `${ink} on ${ground}: ${found}`);
        }
      }
    });
  }
});
