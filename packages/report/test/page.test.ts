import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { renderReport } from "../src/index.js";
import { assertLoadsNothing, assertRunsOnlyItsOwn, dataOf } from "./file.js";
import { fixture } from "./fixture.js";

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
    assertLoadsNothing(renderReport(fixture()));
  });

  it("allows exactly its own script and style to run", () => {
    assertRunsOnlyItsOwn(renderReport(fixture()));
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
