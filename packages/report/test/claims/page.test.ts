import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ClaimsResult } from "@heddle/claims";
import fc from "fast-check";
import { renderClaims } from "../../src/index.js";
import { assertLoadsNothing, assertRunsOnlyItsOwn, dataOf, markup } from "../file.js";
import { ATTACKS, fixture, poisoned } from "./fixture.js";

/** What a reader sees of one claim. */
function articleOf(page: string, id: string): string {
  const found = new RegExp(`<article id="claim-${id}"[\\s\\S]*?</article>`, "u").exec(page);
  return (found?.[0] ?? "").replace(/<[^>]*>/gu, " ").replace(/[ \n]+/gu, " ");
}

describe("the page of claims as a file", () => {
  it("carries the whole result, unchanged", () => {
    assert.deepEqual(dataOf(renderClaims(fixture())), fixture());
  });

  it("names no address that a browser would load", () => {
    assertLoadsNothing(renderClaims(fixture()));
  });

  it("allows exactly its own script and style to run", () => {
    assertRunsOnlyItsOwn(renderClaims(fixture()));
  });

  it("says the result first, with every verdict counted", () => {
    const page = renderClaims(fixture());
    assert.match(page, /<h1[^>]*>8 of 18 claims about concurrency do not hold on this machine<\/h1>/u);
    assert.match(page, /aria-label="8 refuted, 3 confirmed, 3 depends, 2 undecided, 2 not testable"/u);
  });

  it("tells each claim with its source, reason, figure with interval and lesson", () => {
    const text = articleOf(renderClaims(fixture()), "threads-memory");
    assert.match(
      text,
      /Refuted # 10,000 threads take 10\u00a0GB of memory .* and crash the server\. Threading vs/u,
    );
    assert.match(text, /A parked thread takes C 28\u00a0KB, Python 35\u00a0KB/u);
    assert.match(
      text,
      /35\.5 KB memory of a parked thread, .* 95 % interval 34\.1 to 37\.3, 3 runs Memory of one parked/u,
    );
    assert.match(text, /In practice Do not fear threads for their memory/u);
    assert.match(text, /What was done Parks the same .* The rule, written before Refuted if/u);
    assert.match(text, /heddle claims run threads-memory/u);
  });

  it("says on what a verdict depends, where an untestable claim could be decided, and which runs failed", () => {
    const page = renderClaims(fixture());
    assert.match(articleOf(page, "counter-loses"), /Depends on the Python version #/u);
    assert.match(articleOf(page, "kotlin-single"), /Not testable .* To decide it: apt-get install kotlin /u);
    assert.match(
      articleOf(page, "threadpool-fixes"),
      /One run gave no numbers: python: timed out after 10 s; killed/u,
    );
    // The reason of the verdict tells of these already.
    assert.doesNotMatch(articleOf(page, "listen-128"), /gave no numbers/u);
  });

  it("claims no interval where there was one run or no difference", () => {
    const page = renderClaims(fixture());
    assert.match(articleOf(page, "map-cpu-intensive"), /results computed one run In practice/u);
    assert.match(articleOf(page, "tick-2-4s"), /ticks printed the same in all 3 runs/u);
  });

  it("has headings in order, one name for one place, and a way to every claim", () => {
    const page = markup(renderClaims(fixture()));
    const levels = [...page.matchAll(/<h([1-6])\b/gu)].map(([, level]) => Number(level));
    assert.equal(levels[0], 1);
    assert.equal(levels.filter((level) => level === 1).length, 1);
    levels.forEach((level, at) => {
      assert.ok(level - (levels[at - 1] ?? 0) <= 1, `h${levels[at - 1]} is followed by h${level}`);
    });
    const ids = [...page.matchAll(/ id="([^"]*)"/gu)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const [, to] of page.matchAll(/href="#([^"]*)"/gu))
      assert.ok(ids.includes(to), `nothing is at #${to}`);
    for (const { id } of fixture().claims) assert.ok(page.includes(`href="#claim-${id}" title=`), id);
  });

  for (const attack of ATTACKS) {
    it(`shows ${JSON.stringify(attack)} as text in every place`, () => {
      const page = renderClaims(poisoned(fixture(), (text) => `${attack}${text}`));
      assert.doesNotMatch(markup(page), /[<"'][\s/]*zz-/u);
      assert.match(markup(page), /zz-/u);
      assert.doesNotMatch(markup(page), /<img/u);
      assert.equal(page.match(/<script\b/gu)?.length, 2);
      assert.equal(page.match(/<\/script/gu)?.length, 2);
    });
  }

  it("carries any text in its data unchanged", () => {
    const result = fixture();
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (partial) => {
        const page = renderClaims({ ...result, claims: [], partial });
        assert.equal((dataOf(page) as ClaimsResult).partial, partial);
      }),
      { numRuns: 50 },
    );
  });

  it("is bounded, whatever the length of texts, lists and pictures", () => {
    const [first] = fixture().claims;
    assert.ok(first !== undefined);
    const many = Array.from({ length: 1_000 }, (_, at) => at);
    const vast: ClaimsResult["claims"] = [
      {
        ...first,
        failures: many.map((at) => `failure ${at}`),
        numbers: Object.fromEntries(many.map((at) => [`n${at}`, at % 2 === 0 ? at : many])),
        perRun: many.map(() => ({ numbers: {}, verdict: "refuted", seed: 1, tookS: 1, stealShare: null })),
        picture: {
          kind: "lines",
          title: "t",
          x: { name: "x", unit: "" },
          y: { name: "y", unit: "" },
          lines: many.slice(0, 100).map((at) => ({ name: `l${at}`, points: many.map((x) => [x, x]) })),
        },
      },
    ];
    const long = { ...fixture(), claims: vast, partial: "long ".repeat(100_000) };
    assert.ok(markup(renderClaims(long)).length < 600_000);
  });

  it("warns of a partial or quick result, and is drawn from one claim or none", () => {
    const result = fixture();
    const page = renderClaims({ ...result, partial: "stopped by SIGINT", preset: "quick" });
    assert.match(page, /This result is not whole:<\/strong> <bdi>stopped by SIGINT/u);
    assert.match(page, /A quick look:<\/strong>/u);
    assert.match(renderClaims({ ...result, claims: [] }), /<h1[^>]*>No claim was tested<\/h1>/u);
    assert.match(
      renderClaims({ ...result, claims: result.claims.slice(0, 1) }),
      /One claim about concurrency: refuted/u,
    );
  });
});
