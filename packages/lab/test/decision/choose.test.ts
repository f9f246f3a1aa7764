import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { choose, type NoiseEntry } from "../../src/decision/choose.js";
import { choiceSchema } from "../../src/result/schema.js";
import { cell, serve, WAIT } from "./cells.js";

const NONE = { p99Ms: null, memoryMb: null };
const cheap = { model: "cheap", cpu: [0.1, 0.101, 0.099, 0.1, 0.102] };
const dear = { model: "dear", cpu: [0.16, 0.158, 0.161, 0.16, 0.159] };

describe("the choice for a workload", () => {
  it("is the cheapest by CPU that meets p99, with numbers", () => {
    const cells = [dear, cheap].map((figures) => cell({ ...figures, workload: serve(0), p99: 14 }));
    const choice = choose(cells, { p99Ms: 50, memoryMb: null });
    assert.deepEqual([choice.model, choice.runnerUp, choice.ties], ["cheap", "dear", []]);
    assert.match(
      choice.why,
      /^cheap uses 0\.1 ms CPU per request against 0\.16 of dear \(1\.\d+x, 1\.\d+ to 1\.\d+\) at p99 14 ms <= 50 ms$/,
    );
    assert.deepEqual(choiceSchema.parse(choice), choice);
  });

  it("passes over a cheaper model that misses p99 by a hair", () => {
    const cells = [cell({ ...cheap, p99: 50.1 }), cell({ ...dear, p99: 50 })];
    assert.equal(choose(cells, { p99Ms: 50, memoryMb: null }).model, "dear");
    assert.equal(choose(cells, { p99Ms: 50.1, memoryMb: null }).model, "cheap");
  });

  it("passes over a cheaper model that takes too much memory", () => {
    const cells = [cell({ ...cheap, memory: 65 }), cell({ ...dear, memory: 64 })];
    const choice = choose(cells, { p99Ms: null, memoryMb: 64 });
    assert.equal(choice.model, "dear");
    assert.match(choice.why, /MiB <= 64 MiB/);
  });

  it("without a wish for p99 does not let a queue win by being cheap, and says what it took for a limit", () => {
    const pool = cell({ model: "pool-50", cpu: [0.05, 0.05, 0.05], p99: 210 });
    const choice = choose([pool, cell({ ...cheap, p99: 12 })], NONE);
    assert.equal(choice.model, "cheap");
    assert.match(choice.why, /<= 24 ms \(twice the best p99, as none was asked for\)/);
    assert.equal(choose([cell({ ...cheap, p99: 0.2 }), cell({ ...dear, p99: 1.1 })], NONE).runnerUp, "dear");
  });

  it("breaks a tie in CPU by memory, and names the tie", () => {
    const noisy = { model: "noisy", cpu: [0.09, 0.12, 0.1, 0.11, 0.095], memory: 20 };
    const choice = choose([cell({ ...cheap, memory: 80 }), cell(noisy)], NONE);
    assert.equal(choice.model, "noisy");
    assert.deepEqual(choice.ties, ["cheap"]);
    assert.match(choice.why, /cannot be told apart by CPU .*peaks at 20\.2 MiB against 80\.2/);
  });

  it("breaks a tie in both by p99", () => {
    const choice = choose([cell({ ...cheap, p99: 15 }), cell({ ...cheap, model: "quicker", p99: 12 })], NONE);
    assert.equal(choice.model, "quicker");
    assert.match(choice.why, /has the lower p99/);
  });

  it("of single runs calls less than 1.5 times the CPU a tie", () => {
    const single = (model: string, cpu: number, memory: number) => cell({ model, cpu: [cpu], memory });
    assert.equal(choose([single("a", 0.1, 90), single("b", 0.14, 10)], NONE).model, "b");
    const choice = choose([single("a", 0.1, 90), single("b", 0.16, 10)], NONE);
    assert.equal(choice.model, "a");
    assert.match(choice.why, /1\.6x in a single run/);
  });

  it("of two runs trusts what all models show of the box, also those that do not qualify", () => {
    const two = (
      model: string,
      first: number,
      second: number,
      more: { memory?: number; p99?: number } = {},
    ) => cell({ model, cpu: [first, second], ...more });
    const cells = [two("a", 0.1, 0.11, { memory: 90 }), two("b", 0.21, 0.18, { memory: 10 })];
    assert.equal(choose(cells, NONE).model, "b");
    const slow = [3, 4, 5, 6].map((cpu) => two(`slow-${cpu}`, cpu, cpu * 1.05, { p99: 900 }));
    assert.equal(choose([...cells, ...slow], NONE).model, "a");
  });

  it("ranks a model whose CPU nobody measured last", () => {
    const choice = choose([cell({ model: "unknown", cpu: null, memory: 1 }), cell(dear)], NONE);
    assert.deepEqual([choice.model, choice.runnerUp], ["dear", "unknown"]);
    assert.match(choice.why, /the CPU of unknown was not measured/);
  });

  it("says when the p99 of the winner lies on both sides of the limit", () => {
    const cells = [cell({ ...cheap, p99: 45, p99Interval: [40, 60] }), cell(dear)];
    assert.match(
      choose(cells, { p99Ms: 50, memoryMb: null }).why,
      /between 40 and 60 ms .* could go either way/,
    );
    assert.doesNotMatch(choose(cells, { p99Ms: 70, memoryMb: null }).why, /either way/);
    assert.doesNotMatch(
      choose([cell({ ...cheap, p99: 45, p99Interval: [40, 600] })], NONE).why,
      /either way/,
    );
  });

  it("says when the box was noisy", () => {
    const ratio = { value: 1.3, interval: [0.8, 2.1] as [number, number] };
    const noise: NoiseEntry = {
      workload: WAIT,
      model: "cheap",
      p50Ratio: ratio,
      p99Ratio: ratio,
      quiet: false,
    };
    assert.match(
      choose([cell(cheap)], NONE, noise).why,
      /only one that qualifies.*the box was noisy.*1\.3x, 0\.8 to 2\.1/,
    );
    assert.doesNotMatch(choose([cell(cheap)], NONE, { ...noise, quiet: true }).why, /noisy/);
  });

  it("is none when nobody qualifies, and names the nearest and what it missed", () => {
    const choice = choose([cell({ ...cheap, p99: 300 }), cell({ ...dear, p99: 60 })], {
      p99Ms: 50,
      memoryMb: 10,
    });
    assert.deepEqual([choice.model, choice.runnerUp, choice.ties], [null, null, []]);
    assert.match(
      choice.why,
      /none of the 2 models .*nearest is dear: p99 60 ms, not <= 50 ms, and peak memory 50 MiB/,
    );
  });

  it("is none when every cell is void, with the reason of one", () => {
    const choice = choose([cell({ ...cheap, void: "saturated: asked 500/s, got 300/s" })], NONE);
    assert.equal(choice.model, null);
    assert.match(choice.why, /every cell is void.*cheap: saturated/);
  });

  it("never takes a void cell", () => {
    assert.equal(choose([cell({ ...cheap, void: "broken" }), cell(dear)], NONE).model, "dear");
  });

  it("does not depend on the order of the cells", () => {
    const figures = fc.record({
      cpu: fc.array(fc.double({ min: 0.05, max: 0.5, noNaN: true }), { minLength: 3, maxLength: 3 }),
      memory: fc.integer({ min: 5, max: 200 }),
      p99: fc.integer({ min: 10, max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(figures, { minLength: 1, maxLength: 4 }), (list) => {
        const cells = list.map((item, index) => cell({ ...item, model: `m${index}` }));
        assert.deepEqual(choose(cells, NONE).model, choose([...cells].reverse(), NONE).model);
      }),
      { numRuns: 25 },
    );
  });
});
