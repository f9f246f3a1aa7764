import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import { renderReport } from "../src/index.js";
import { fixture } from "./fixture.js";

/** The names of XML vocabularies look like addresses; nothing is ever loaded from them. */
const VOCABULARIES =
  /^http:\/\/www\.w3\.org\/(2000\/svg|1999\/xlink|1999\/xhtml|2000\/xmlns\/|XML\/1998\/namespace)$/u;

function dataOf(page: string): unknown {
  const found = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/u.exec(page);
  return JSON.parse(found?.[1] ?? "");
}

describe("the page as a file", () => {
  it("carries the whole result, unchanged", () => {
    const result = fixture();
    assert.deepEqual(dataOf(renderReport(result)), result);
  });

  it("carries any text in its data unchanged", () => {
    const result = fixture();
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const page = renderReport({ ...result, cells: [], choices: [], placement: text });
        assert.equal((dataOf(page) as typeof result).placement, text);
      }),
      { numRuns: 50 },
    );
  });

  it("names no address that a browser would load", () => {
    const page = renderReport(fixture());
    const addresses = page.match(/https?:\/\/[^\s"'`)\\<]+/gu) ?? [];
    assert.deepEqual(
      addresses.filter((address) => !VOCABULARIES.test(address)),
      [],
    );
    const markup = page.replace(/<script[\s\S]*?<\/script>/gu, "");
    for (const loading of ["<link", "<iframe", "<img", "<object", "<base", "@import", "url(", " src="]) {
      const at = markup.replaceAll("&lt;img src=x", "").indexOf(loading);
      assert.equal(at, -1, `${loading}: ${markup.slice(at - 40, at + 60)}`);
    }
  });

  it("allows exactly its own script and style to run", () => {
    const page = renderReport(fixture());
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
  });

  it("adds less than 750 KB to its data with 18 models and 3 workloads", () => {
    const whole = fixture();
    const kept = new Set(whole.choices.slice(0, 3).map((choice) => JSON.stringify(choice.workload)));
    const result = {
      ...whole,
      sweep: null,
      choices: whole.choices.slice(0, 3),
      cells: whole.cells.filter((cell) => kept.has(JSON.stringify(cell.workload))),
    };
    assert.equal(result.cells.length, 54);
    const bytes = Buffer.byteLength(renderReport(result)) - Buffer.byteLength(JSON.stringify(result));
    assert.ok(bytes < 750 * 1_024, `${Math.round(bytes / 1_024)} KB`);
  });

  it("prints no number for a void cell, only its reason", () => {
    const whole = fixture();
    const cells = whole.cells
      .slice(0, 1)
      .map((cell) => ({ ...cell, void: "saturated: asked 7, got 5", cpuMsPerTask: 0.0987654 }));
    const page = renderReport({ ...whole, cells, choices: [], summary: [], sweep: null });
    const body = page.slice(0, page.indexOf('<script type="application/json"'));
    assert.match(body, /saturated: asked 7, got 5/u);
    assert.doesNotMatch(body, /0\.0988/u);
  });

  it("says how to install what is absent, and warns of a partial or quick result", () => {
    const page = renderReport(fixture());
    assert.match(page, /<code class="command">npm install --global bun<\/code>/u);
    assert.match(page, /This result is not whole\.<\/strong> <bdi>stopped by Ctrl\+C/u);
    assert.match(page, /A quick look\./u);
  });

  it("prints a dash with the reason where a p99.9 would be anecdote", () => {
    assert.match(renderReport(fixture()), /<abbr title="fewer than 100 000 samples">–<\/abbr>/u);
  });

  it("is drawn from a result that has nothing in it", () => {
    const empty = {
      ...fixture(),
      cells: [],
      choices: [],
      summary: [],
      models: [],
      noise: [],
      preflight: [],
      sweep: null,
      decision: { model: null, why: "nothing was measured" },
    };
    assert.match(renderReport(empty), /No decision/u);
  });
});
