import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { blockSpread } from "../../src/statistics/blocks.js";
import { differs } from "../../src/statistics/difference.js";
import { ratioInterval } from "../../src/statistics/ratio.js";

describe("the spread between runs that models show together", () => {
  it("leaves out what belongs to a model or to a round", () => {
    const found = blockSpread([
      [1, 2, 4],
      [10, 20, 40],
      [3, 6, 12],
    ]);
    assert.equal(found?.degrees, 4);
    assert.ok(Math.abs(found?.variance ?? 1) < 1e-20);
  });

  it("is the residual mean square of logarithms", () => {
    // Residuals of +-0.25 in a 2 x 2 block: four squares over one degree of freedom.
    const found = blockSpread([
      [1, Math.exp(1)],
      [1, 1],
    ]);
    assert.equal(found?.degrees, 1);
    assert.ok(Math.abs((found?.variance ?? 0) - 0.25) < 1e-12);
  });

  it("is not known from one model, one round, a gap or a zero", () => {
    assert.equal(blockSpread([]), null);
    assert.equal(blockSpread([[1, 2]]), null);
    assert.equal(blockSpread([[1], [2]]), null);
    assert.equal(blockSpread([[1, 2], [1]]), null);
    assert.equal(
      blockSpread([
        [1, 2],
        [1, 0],
      ]),
      null,
    );
  });

  it("lets two runs see a factor that they could not see alone", () => {
    const a = [2.1, 1.9];
    const b = [0.95, 1.05];
    assert.equal(differs(a, b).verdict, "tie");
    assert.equal(differs(a, b, { spread: { variance: 0.005, degrees: 11 } }).verdict, "greater");
  });

  it("does not make an unsteady model look steady, nor touch five runs", () => {
    const spread = { variance: 1e-6, degrees: 11 };
    assert.equal(differs([4, 1], [1, 1], { spread }).verdict, "tie");
    const five = [1.1, 1.2, 1.3, 1.1, 1.2];
    const ones = [1, 1, 1, 1, 1];
    assert.deepEqual(ratioInterval(five, ones, { spread }), ratioInterval(five, ones));
  });
});
