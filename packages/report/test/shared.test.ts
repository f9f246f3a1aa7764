import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { exact, figure, quantileName } from "../src/shared/number.js";
import { modelStyles } from "../src/shared/palette.js";
import { spread } from "../src/shared/spread.js";
import { grouped } from "../src/shared/workload.js";
import { contrast } from "./contrast.js";
import { fixture } from "./fixture.js";

describe("numbers", () => {
  it("have three significant digits", () => {
    const written = [12_345, 1_234, 123.4, 12.34, 1.234, 0.012345, 9.996, 0.9999, 0, -5.5, 0.0000012].map(
      (value) => figure(value),
    );
    assert.deepEqual(written, [
      "12\u202f345",
      "1234",
      "123",
      "12.3",
      "1.23",
      "0.0123",
      "10.0",
      "1.00",
      "0",
      "−5.50",
      "1.2 × 10⁻⁶",
    ]);
  });

  it("are a dash when there is none", () => {
    assert.deepEqual(
      [null, undefined, Number.NaN, Number.POSITIVE_INFINITY].map((value) => figure(value)),
      ["–", "–", "–", "–"],
    );
  });

  it("stay within half a unit of their third digit", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 1e9, noNaN: true }), (value) => {
        const back = Number(figure(value).replaceAll("\u202f", ""));
        assert.ok(Math.abs(back - value) <= value * 0.005_01, `${value} -> ${figure(value)}`);
      }),
    );
  });

  it("that were asked for are written as they were asked", () => {
    assert.deepEqual(
      [10, 0.5, 10_000, 2.25].map((value) => exact(value)),
      ["10", "0.5", "10\u202f000", "2.25"],
    );
  });

  it("name percentiles with as many nines as they have", () => {
    assert.deepEqual([0, 0.5, 0.9, 0.99, 0.999, 0.9999].map(quantileName), [
      "0 %",
      "50 %",
      "90 %",
      "99 %",
      "99.9 %",
      "99.99 %",
    ]);
  });
});

describe("colours", () => {
  const styles = modelStyles(fixture());

  it("differ in colour or dash between any two models of one language", () => {
    const looks = styles.map((style) => `${style.language} ${style.light} ${style.dash.join("-")}`);
    assert.equal(new Set(looks).size, looks.length);
  });

  it("stand out from their ground by at least 3:1 in both themes", () => {
    for (const style of styles) {
      assert.ok(contrast(style.light, "#ffffff") >= 3, `${style.model} ${style.light} on light`);
      assert.ok(contrast(style.dark, "#12161d") >= 3, `${style.model} ${style.dark} on dark`);
    }
  });
});

describe("labels of one column", () => {
  const heights = fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { maxLength: 18 });

  it("never cover one another and stay inside while there is room", () => {
    fc.assert(
      fc.property(heights, (wanted) => {
        const moves = spread(wanted, 15, 0, 400);
        const placed = wanted.map((y, at) => y + (moves[at] ?? 0)).toSorted((a, b) => a - b);
        placed.forEach((y, at) => {
          assert.ok(y >= -1e-6 && y <= 400 + 1e-6);
          if (at > 0) assert.ok(y - (placed[at - 1] ?? 0) >= 15 - 1e-6);
        });
      }),
    );
  });

  it("stay where they are when they are far enough apart", () => {
    assert.deepEqual(spread([10, 40, 80], 15, 0, 400), [0, 0, 0]);
  });
});

describe("groups of cells", () => {
  it("set the points of a sweep apart, by rising computing", () => {
    const { plain, sweeps } = grouped(fixture());
    assert.equal(plain.length, 4);
    assert.deepEqual(
      sweeps.map((sweep) =>
        sweep.points.map(({ workload }) => (workload.kind === "serve" ? workload.cpuMs : null)),
      ),
      [[0, 5, 10, 20, 40]],
    );
  });
});
