import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Spin } from "../../src/wire/spin.js";

/** In how many of 160 waits it is looked, when each look finds something after `ms`. */
function looks(spin: Spin, crowded: boolean, ms: number): number {
  let looked = 0;
  for (let wait = 0; wait < 160; wait++) {
    if (spin.budget(0, crowded) === 0) continue;
    looked++;
    spin.hit(ms);
  }
  return looked;
}

describe("looking for results", () => {
  it("is always done while it finds something and a core is free", () => {
    assert.equal(looks(new Spin(), false, 0.02), 160);
  });

  it("is done once in sixteen waits when it takes a busy core for long", () => {
    assert.equal(looks(new Spin(), true, 0.02), 10);
  });

  it("is always done again, busy cores or not, once waits are found to be short", () => {
    const spin = new Spin();
    looks(spin, true, 0.001);
    looks(spin, true, 0.001);
    assert.equal(looks(spin, true, 0.001), 160);
    assert.equal(looks(spin, true, 0.02) < 40, true);
  });

  it("is given up when it finds nothing, and tried ever more rarely", () => {
    const spin = new Spin();
    let looked = 0;
    for (let wait = 0; wait < 1_000; wait++) {
      if (spin.budget(0) === 0) continue;
      looked++;
      spin.miss();
    }
    assert.ok(looked >= 5 && looked < 20, `${looked}`);
  });

  it("rests after the core was taken away", () => {
    const spin = new Spin();
    assert.equal(spin.preempted(0.1, 5), false);
    assert.equal(spin.preempted(1, 5), true);
    assert.equal(spin.budget(6), 0);
    assert.ok(spin.budget(60) > 0);
  });
});
