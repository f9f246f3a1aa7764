import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CompareResult } from "@heddle/lab";
import fc from "fast-check";
import { renderReport } from "../src/index.js";
import { escaped, html } from "../src/render/html.js";
import { plain } from "../src/shared/text.js";
import { fixture } from "./fixture.js";

/** Fields whose text comes from measured programs, machines and files. */
const FOREIGN = new Set(
  "name model runnerUp language summary version why install void message mend cpu os kernel node heddle createdAt placement partial detail virtualization ties".split(
    " ",
  ),
);

/** The same result with `change` made to every foreign text. */
function poisoned(value: unknown, change: (text: string) => string, field = ""): unknown {
  if (typeof value === "string") return FOREIGN.has(field) ? change(value) : value;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, change, field));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, poisoned(item, change, key)]));
}

/** The page without the embedded data and the bundle: what the parser takes for markup. */
function markup(page: string): string {
  return page.replace(/<script[\s\S]*?<\/script>/gu, "").replace(/<style[\s\S]*?<\/style>/gu, "");
}

const small = (() => {
  const whole = fixture();
  return { ...whole, cells: whole.cells.slice(0, 40) };
})();

const unescaped = (text: string) =>
  text
    .replace(/&lt;/gu, "<")
    .replace(/&gt;/gu, ">")
    .replace(/&quot;/gu, '"')
    .replace(/&#39;/gu, "'")
    .replace(/&#96;/gu, "`")
    .replace(/&amp;/gu, "&");

describe("text from programs", () => {
  it("comes back the same when its escaping is undone, and holds no character of markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.equal(unescaped(escaped(text)), text);
        assert.doesNotMatch(escaped(text), /[<>"'`]/u);
      }),
    );
  });

  it("is escaped by the template in text, in attributes and in lists", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.equal(
          html`<p title="${text}">${[text, html`<b>${text}</b>`]}</p>`.toString(),
          `<p title="${escaped(text)}">${escaped(text)}<b>${escaped(text)}</b></p>`,
        );
      }),
    );
  });

  for (const attack of ["<zz-", '"zz-', "'zz-", "</script><zz-", "--><zz-", "</style><zz-", "\u0000<zz-"]) {
    it(`stays text in every place of the page: ${JSON.stringify(attack)}`, () => {
      const page = renderReport(poisoned(small, (text) => `${attack}${text}`) as CompareResult);
      assert.doesNotMatch(markup(page), /[<"'][\s/]*zz-/u);
      assert.match(markup(page), /zz-/u);
      // The scripts are our two, and nothing ends them early.
      assert.equal(page.match(/<script\b/gu)?.length, 2);
      assert.equal(page.match(/<\/script/gu)?.length, 2);
    });
  }

  it("is bounded in length and cannot turn the direction of what follows", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 2_000 }),
        fc.integer({ min: 1, max: 300 }),
        (text, longest) => {
          const clean = plain(text, longest);
          assert.ok(Array.from(clean).length <= longest);
          assert.doesNotMatch(clean, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        },
      ),
    );
  });
});
