import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

const sheet = readFileSync(new URL("../../../src/style/claims/colour.css", import.meta.url), "utf8");
const THEMES = [
  { name: "light", ground: "#ffffff", rule: /^:root \{([^}]*)\}/mu },
  { name: "dark", ground: "#12161d", rule: /^:root\[data-theme="dark"\] \{([^}]*)\}/mu },
] as const;

function coloursOf(rule: RegExp): Map<string, string> {
  const block = rule.exec(sheet)?.[1] ?? "";
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[\da-f]{6});/gu)].map(([, name = "", hex = ""]) => [name, hex]),
  );
}

/** WCAG contrast of two colours. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe("the colours of the page of claims", () => {
  for (const { name, ground, rule } of THEMES) {
    it(`let verdicts be read and lines be seen, ${name}`, () => {
      const colours = coloursOf(rule);
      for (const verdict of ["refuted", "confirmed", "depends", "undecided", "untestable"]) {
        const ink = colours.get(verdict) ?? "";
        assert.ok(contrast(ink, ground) >= 4.5, `${verdict} on the ground: ${contrast(ink, ground)}`);
        const soft = colours.get(`${verdict}-soft`) ?? "";
        assert.ok(contrast(ink, soft) >= 4.5, `${verdict} on its badge: ${contrast(ink, soft)}`);
      }
      for (const line of ["c0", "c1", "c2", "c3", "c4", "c5", "claimed", "cure", "cure2"]) {
        const colour = colours.get(line) ?? "";
        assert.ok(contrast(colour, ground) >= 3, `${line}: ${contrast(colour, ground)}`);
      }
    });
  }

  it("are the same whether dark is chosen or the system's", () => {
    const system =
      /@media \(prefers-color-scheme: dark\) \{\s*:root:not\(\[data-theme="light"\]\) \{([^}]*)\}/u;
    assert.deepEqual(coloursOf(system), coloursOf(THEMES[1].rule));
  });
});
