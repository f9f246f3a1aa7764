import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type ClaimsResult, claimsArticle } from "../../src/index.js";
import { fixture } from "./fixture.js";

/** Fields whose text comes from claims, programs and machines. */
const FOREIGN = new Set(
  "id claim source why on name unit title failures experiment rule practice where cpu os kernel heddle createdAt partial virtualization".split(
    " ",
  ),
);

function poisoned(value: unknown, change: (text: string) => string, field = ""): unknown {
  if (typeof value === "string") return FOREIGN.has(field) ? change(value) : value;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, change, field));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, poisoned(item, change, key)]));
}

/** What a reader of Markdown would still take for structure: code spans, and what is escaped, are left out. */
const structure = (article: string) =>
  article
    .replace(/`[^`\n]*`/gu, "")
    .replace(/\\./gu, "")
    .replace(/\]\(#[^)\s]*\)/gu, "](#)");

const columns = (line: string) => structure(line).split("|").length;

describe("the article", () => {
  it("is the same for the same result", () => {
    assert.equal(claimsArticle(fixture()), claimsArticle(fixture()));
  });

  it("tells every claim with its verdict, source, figure and lesson", () => {
    const article = claimsArticle(fixture());
    assert.match(article, /^\*\*8 of 18 claims about concurrency do not hold on this machine\.\*\*$/mu);
    assert.equal(article.match(/^### /gmu)?.length, 18);
    assert.equal(article.match(/^\*\*In practice\.\*\* /gmu)?.length, 18);
    assert.match(
      article,
      /^### 100,000 goroutines use about 400 MB\.\n\nSaid in: \*Concurrency: Threads, the GIL, and the Event Loop\*\. Decide it yourself: `heddle claims run goroutines-400mb`\n\n\*\*✗ Refuted\.\*\* The program as written peaked at 11\.3 MB.*\n\n\*\*11\.3 MB\*\* \(95 % interval 10\.8 to 11\.9, 3 runs\): peak of the program as written\.$/mu,
    );
    assert.match(article, /^\*\*◐ Depends on the Python version\.\*\* Python 2\.7/mu);
    assert.match(article, /^\*\*– Not testable\.\*\* Kotlinc is not installed\.$/mu);
    assert.match(article, /^\*\*To decide it:\*\* apt-get install kotlin$/mu);
    assert.match(article, /^\*\*Runs that gave no numbers:\*\*\n\n- python: timed out/mu);
    assert.match(article, /\(one run\): results computed\.$/mu);
  });

  it("draws bars as text and sweeps as a table", () => {
    const article = claimsArticle(fixture());
    assert.match(article, /^\| claimed, 8 MB stacks \| 8,192 \| ░{24} \|\n\| C \| 28\.2 \| █ \|$/mu);
    assert.match(article, /^\| with a lock \(corrected\) \| 4,000,000 \| ▓{24} \|$/mu);
    assert.match(article, /^\| 5,000 \| 26\.5 \| 23\.8 \| 156 \|$/mu);
  });

  it("links each claim of the summary to a heading that has that name", () => {
    const article = claimsArticle(fixture());
    const slug = (heading: string) =>
      heading
        .replaceAll("\\", "")
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, "")
        .replaceAll(" ", "-");
    const headings = new Set([...article.matchAll(/^#+ (.*)$/gmu)].map(([, text]) => slug(text ?? "")));
    const links = [...article.matchAll(/\]\(#([^)]*)\)/gu)].map(([, to]) => to ?? "");
    assert.equal(links.length, 18);
    assert.deepEqual(
      links.filter((to) => !headings.has(to)),
      [],
    );
  });

  it("tells two claims of the same words apart", () => {
    const result = fixture();
    const [first] = result.claims;
    assert.ok(first !== undefined);
    const links = [
      ...claimsArticle({ ...result, claims: [first, { ...first, id: "again" }] }).matchAll(/\(#([^)]*)\)/gu),
    ];
    assert.equal(links[1]?.[1], `${links[0]?.[1]}-1`);
  });

  it("warns of a result that is not whole, or a quick one", () => {
    const article = claimsArticle({ ...fixture(), partial: "stopped by SIGINT", preset: "quick" });
    assert.match(article, /\*\*This result is not whole:\*\* stopped by SIGINT\./u);
    assert.match(article, /\*\*A quick look:\*\*/u);
  });

  it("is written for a result without claims, and for one claim", () => {
    const result = fixture();
    assert.match(claimsArticle({ ...result, claims: [] }), /\*\*No claim was tested\.\*\*/u);
    assert.match(
      claimsArticle({ ...result, claims: result.claims.slice(0, 1) }),
      /\*\*One claim about concurrency: refuted\.\*\*/u,
    );
  });

  for (const attack of [
    "<script>zz",
    "</h1><img src=x onerror=zz>",
    "| a | b |\n| - | - |\n| zz",
    "\n\n# zz",
    "```\nzz",
    "![zz](http://zz.example/x.png)",
    "[zz](javascript:alert(1))",
    "&lt;zz&gt; &#60;zz",
    "*zz* __zz__ ~~zz~~ $zz$",
    "www.zz.example zz@zz.example https://zz.example",
    "\\",
  ]) {
    it(`shows ${JSON.stringify(attack)} as text in every place`, () => {
      const clean = claimsArticle(fixture());
      const article = claimsArticle(
        poisoned(fixture(), (text) => `${attack} ${text} ${attack}`) as ClaimsResult,
      );
      assert.doesNotMatch(article, /</u);
      const rest = structure(article);
      assert.doesNotMatch(rest, /!?\[[^\]]*\]\((?!#)/u);
      assert.doesNotMatch(rest, /&(?!amp;|lt;)#?\w+;/u);
      assert.doesNotMatch(rest, /:\/\/|www\.|\w@\w|__|~~|\$/u);
      const headings = (text: string) => text.match(/^#+ /gmu)?.length;
      assert.equal(headings(article), headings(clean));
      assert.equal(article.match(/^```/gmu)?.length, 2);
      const tables = (text: string) => text.match(/^\| .*$/gmu)?.map(columns);
      assert.deepEqual(tables(article), tables(clean));
    });
  }

  it("stays one line for each text, whatever it is", () => {
    const lines = claimsArticle(poisoned(fixture(), (own) => `a-${own}`) as ClaimsResult).split("\n").length;
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (text) => {
        const article = claimsArticle(poisoned(fixture(), (own) => `a${text}-${own}`) as ClaimsResult);
        assert.equal(article.split("\n").length, lines);
        assert.doesNotMatch(article, /[<\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 40 },
    );
  });

  it("is bounded in length", () => {
    const long = poisoned(fixture(), (text) => text.repeat(2_000)) as ClaimsResult;
    assert.ok(claimsArticle(long).length < 400_000);
  });
});
