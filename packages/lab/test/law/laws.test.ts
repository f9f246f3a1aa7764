import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { littleBurst, littleClosed, littleOpen } from "../../src/law/little.js";
import { hashDemand, utilization } from "../../src/law/utilization.js";

describe("Little's law for arrivals", () => {
  it("holds when what was counted is what rate and latency imply", () => {
    const check = littleOpen({ meanInFlight: 100, throughputPerS: 2_000, meanLatencyMs: 51 });
    assert.ok(check.holds);
    assert.equal(check.residual.toFixed(3), "0.020");
    assert.match(check.detail, /2,000\/s at 51 ms keep 102 in flight; 100 were counted/);
  });

  it("breaks on both sides beyond 5 % and the chance of the sample", () => {
    const at = (meanLatencyMs: number) =>
      littleOpen({ meanInFlight: 1_000, throughputPerS: 1_000, meanLatencyMs, samples: 1e9 }).holds;
    assert.ok(at(1_049) && at(951));
    assert.ok(!at(1_051) && !at(949));
  });

  it("allows a thin sample what chance makes of it", () => {
    const figures = { meanInFlight: 0.1, throughputPerS: 10, meanLatencyMs: 12 };
    assert.ok(littleOpen(figures).holds);
    assert.ok(!littleOpen({ ...figures, samples: 1_000_000 }).holds);
  });

  it("does not hold for figures that are none, and says so in finite numbers", () => {
    const check = littleOpen({ meanInFlight: Number.NaN, throughputPerS: 1, meanLatencyMs: 1 });
    assert.deepEqual([check.holds, check.residual], [false, 1]);
    assert.deepEqual(littleOpen({ meanInFlight: 0, throughputPerS: 0, meanLatencyMs: 0 }).residual, 0);
    assert.ok(!littleOpen({ meanInFlight: 0, throughputPerS: 1_000, meanLatencyMs: 10 }).holds);
  });
});

describe("Little's law for a burst", () => {
  it("lets a pool of 50 hold 50 tasks, not 53", () => {
    const inside = (insideMs: number) => littleBurst({ tasks: 1_000, insideMs, totalMs: 200, limit: 50 });
    assert.deepEqual([inside(10).holds, inside(10).residual], [true, 0]);
    assert.ok(inside(10.4).holds);
    assert.ok(!inside(10.6).holds);
  });

  it("without a limit allows all tasks at once and no more", () => {
    assert.ok(littleBurst({ tasks: 1_000, insideMs: 11, totalMs: 11, limit: null }).holds);
    assert.ok(!littleBurst({ tasks: 1_000, insideMs: 13, totalMs: 12, limit: null }).holds);
  });

  it("counts whole waves: 100 tasks of 200 ms through 50 take 400 ms", () => {
    const figures = { tasks: 100, insideMs: 1, limit: 50, waitMs: 200 };
    assert.ok(littleBurst({ ...figures, totalMs: 400 }).holds);
    const check = littleBurst({ ...figures, totalMs: 200 });
    assert.ok(!check.holds);
    assert.match(check.detail, /2 waves of 200 ms/);
  });

  it("forgives timers that fire a millisecond early", () => {
    assert.ok(littleBurst({ tasks: 10, insideMs: 9.2, totalMs: 9.4, limit: null, waitMs: 10 }).holds);
  });

  it("refuses a burst that took no time", () => {
    assert.ok(!littleBurst({ tasks: 10, insideMs: 1, totalMs: 0, limit: null }).holds);
  });
});

describe("Little's law for a closed loop", () => {
  const figures = { connections: 100, throughputPerS: 1_000, straddlingMs: 10, windowMs: 10_000 };
  const at = (meanLatencyMs: number, windowMs = 10_000) =>
    littleClosed({ ...figures, meanLatencyMs, windowMs });

  it("allows 5 %, two requests and a pause of 30 ms: 5.5 % of ten seconds", () => {
    assert.ok(at(105.4).holds && at(94.6).holds);
    assert.ok(!at(105.6).holds && !at(94.4).holds);
    assert.match(at(94).detail, /^1,000\/s at a mean of 94 ms keep 94 of 100 connections busy$/);
  });

  it("allows a short window more, and cannot tell who was left out of one that is shorter than two requests", () => {
    assert.ok(at(90.1, 1_000).holds && !at(89.9, 1_000).holds);
    assert.ok(littleClosed({ ...figures, meanLatencyMs: 1, straddlingMs: 500, windowMs: 1_000 }).holds);
  });

  it("does not hold for figures that are none", () => {
    const check = at(Number.NaN);
    assert.deepEqual([check.holds, check.residual, check.tookPart], [false, 1, 0]);
  });
});

describe("the utilization law", () => {
  it("allows two cores 2.1 cores of work, not 2.2", () => {
    const at = (cpuMsPerTask: number) => utilization({ throughputPerS: 1_000, cpuMsPerTask, cores: 2 });
    assert.deepEqual([at(1.9).holds, at(1.9).residual], [true, 0]);
    assert.ok(at(2.1).holds);
    assert.ok(!at(2.2).holds);
    assert.match(at(2.2).detail, /keep 2.2 of 2 cores busy/);
  });

  it("knows that hashes cannot speed up beyond the cores", () => {
    const at = (totalMs: number) => hashDemand({ tasks: 1_000, singleMs: 1, totalMs, cores: 2 });
    assert.ok(at(510).holds && at(480).holds);
    assert.ok(!at(470).holds && !at(0).holds);
    assert.match(at(510).detail, /speed-up of 1.96 on 2 cores/);
  });

  it("never breaks by adding cores", () => {
    const amount = fc.double({ min: 0.001, max: 1_000, noNaN: true });
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 1, max: 64 }), (throughputPerS, cpuMsPerTask, cores) => {
        const few = utilization({ throughputPerS, cpuMsPerTask, cores });
        const more = utilization({ throughputPerS, cpuMsPerTask, cores: cores + 1 });
        assert.ok(!few.holds || more.holds);
        assert.ok(more.residual <= few.residual);
      }),
    );
  });
});
