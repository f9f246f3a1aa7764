import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { prose } from "../../src/render/claims/prose.js";
import { axisText, withRole } from "../../src/shared/claims/axis.js";
import { seriesStyles } from "../../src/shared/claims/series.js";
import { amount } from "../../src/shared/number.js";

const line = (role?: "claimed" | "cure", points = 2) => ({
  name: "line",
  points: Array.from({ length: points }, (_, at) => [at, at] as const),
  role,
});

describe("the parts of the page of claims", () => {
  it("write counts whole and measurements with three digits", () => {
    assert.deepEqual(
      [4_000_000, 1_247_833, 2, 0, -12_345, 1.9402, 1_552_012.5, null, Number.NaN].map(amount),
      [
        "4\u202f000\u202f000",
        "1\u202f247\u202f833",
        "2",
        "0",
        "−12\u202f345",
        "1.94",
        "1\u202f552\u202f013",
        "–",
        "–",
      ],
    );
  });

  it("name an axis with its unit and scale, once each", () => {
    assert.equal(axisText({ name: "p99", unit: "ms", scale: "log" }), "p99, ms (log scale)");
    assert.equal(axisText({ name: "requests", unit: "requests" }), "requests");
    assert.equal(axisText({ name: "", unit: "ms" }), "ms");
  });

  it("say what is claimed and corrected, unless the name does", () => {
    assert.equal(withRole("with a lock", "cure"), "with a lock (corrected)");
    assert.equal(withRole("Claimed, at most", "claimed"), "Claimed, at most");
    assert.equal(withRole("Python 3.13", undefined), "Python 3.13");
  });

  it("draw no two lines of a picture alike, up to eight", () => {
    const lines = [
      line(),
      line(),
      line(),
      line(),
      line("claimed"),
      line("claimed"),
      line("cure"),
      line("cure"),
    ];
    const seen = seriesStyles(lines).map((style) => JSON.stringify(style));
    assert.equal(new Set(seen).size, lines.length);
  });

  it("draw a claimed line of one point as a mark", () => {
    assert.deepEqual(seriesStyles([line("claimed", 1)])[0]?.symbol, "emptyCircle");
    assert.deepEqual(seriesStyles([line("claimed", 2)])[0]?.symbol, null);
  });

  it("keep figures and their units on one line", () => {
    assert.equal(
      prose("it takes 28 KB, 2 % and 3 seconds in 4 ms").toString(),
      "<bdi>It takes 28\u00a0KB, 2\u00a0% and 3 seconds in 4\u00a0ms.</bdi>",
    );
  });
});
