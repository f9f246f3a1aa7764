import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  axisWords,
  cares,
  chapters,
  coresText,
  effectWords,
  headline,
  roleWords,
  runtimeText,
  sentence,
  tally,
  tallyText,
  untoldFailures,
  withUnit,
} from "../../src/article/words.js";
import { topics } from "../../src/index.js";
import { claimsResult } from "../../src/result/schema.js";

describe("the words around claims", () => {
  it("have a chapter for every topic, in the order of the topics", () => {
    assert.deepEqual(
      chapters.map(({ topic }) => topic),
      topics,
    );
  });

  it("have a word for every verdict", () => {
    const verdicts = claimsResult.shape.claims.element.shape.verdict.options;
    assert.deepEqual(new Set(tally([]).map(({ verdict }) => verdict)), new Set(verdicts));
  });

  it("make a sentence of a clause, but leave names as they are written", () => {
    assert.equal(sentence("a thread takes 28 KB"), "A thread takes 28 KB.");
    assert.equal(sentence("asyncio took 3 s"), "asyncio took 3 s.");
    assert.equal(sentence("worker_threads took 3 s."), "worker_threads took 3 s.");
    assert.equal(sentence("did it end?"), "Did it end?");
    assert.equal(sentence("it printed 5 lines (as written)"), "It printed 5 lines (as written).");
    assert.equal(sentence("  "), "");
  });

  it("put the result in one line", () => {
    const of = (...verdicts: ("refuted" | "confirmed")[]) =>
      headline(verdicts.map((verdict) => ({ verdict })));
    assert.equal(of("refuted", "confirmed"), "1 of 2 claims about concurrency does not hold on this machine");
    assert.equal(of("refuted", "refuted"), "2 of 2 claims about concurrency do not hold on this machine");
    assert.equal(
      of("confirmed", "confirmed"),
      "None of 2 claims about concurrency is refuted on this machine",
    );
  });

  it("name a runtime once, and a unit in its place", () => {
    assert.equal(runtimeText("python", "Python 3.13.1"), "Python 3.13.1");
    assert.equal(runtimeText("c", "gcc 14.2.0"), "gcc 14.2.0");
    assert.equal(runtimeText("java", "21.0.1"), "Java 21.0.1");
    assert.equal(runtimeText("zig", "0.15"), "zig 0.15");
    assert.equal(withUnit("31", "x"), "31×");
    assert.equal(withUnit("28", "KB"), "28 KB");
    assert.equal(withUnit("5", ""), "5");
    assert.equal(withUnit("1,507", "/s"), "1,507/s");
  });

  it("count the verdicts that there are", () => {
    const claims = (["refuted", "not-testable", "confirmed", "refuted"] as const).map((verdict) => ({
      verdict,
    }));
    assert.equal(tallyText(claims), "2 refuted, 1 confirmed, 1 not testable");
    assert.equal(tallyText([]), "");
  });

  it("tell a figure with what is known of its spread, in the hand of the place", () => {
    const hand = { figure: (value: number) => value.toFixed(1), text: (foreign: string) => `<${foreign}>` };
    const of = (runs: number, interval: [number, number]) =>
      effectWords({ runs, effect: { name: "memory", value: 28.15, unit: "KB", interval } }, hand);
    assert.deepEqual(of(3, [27, 29]), {
      amount: "28.1 <KB>",
      name: "<memory>",
      spread: "95 % interval 27.0 to 29.0, 3 runs",
    });
    assert.equal(of(3, [28, 28])?.spread, "the same in all 3 runs");
    assert.equal(of(1, [28, 28])?.spread, "one run");
    assert.equal(effectWords({ runs: 0, effect: null }, hand), null);
  });

  it("name axes and roles, nothing twice", () => {
    const same = (text: string) => text;
    assert.equal(axisWords({ name: "p99", unit: "ms" }, same), "p99, ms");
    assert.equal(axisWords({ name: "requests", unit: "requests" }, same), "requests");
    assert.equal(axisWords({ name: "", unit: "" }, same), "");
    assert.equal(roleWords("with a lock", "cure"), " (corrected)");
    assert.equal(roleWords("Claimed, at most", "claimed"), "");
  });

  it("warn of a result that is not whole and of a quick one, and of nothing else", () => {
    assert.deepEqual(cares({ partial: null, preset: "default" }), []);
    const heads = cares({ partial: "stopped", preset: "quick" }).map(({ head }) => head);
    assert.deepEqual(heads, ["This result is not whole", "A quick look"]);
  });

  it("repeat no failure that the reason tells of, and list five", () => {
    const failures = [1, 2, 3, 4, 5, 6, 7].map((run) => `run ${run}: killed`);
    assert.deepEqual(untoldFailures({ failures, why: "it failed (run 1: killed)" }), {
      first: failures.slice(1, 6),
      more: 1,
    });
    assert.deepEqual(untoldFailures({ failures: ["b"], why: "c" }), { first: ["b"], more: 0 });
  });

  it("count one core as one", () => {
    assert.deepEqual([coresText(1), coresText(2)], ["1 core", "2 cores"]);
  });
});
