import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chapters, headline, runtimeText, sentence, tally, withUnit } from "../../src/article/words.js";
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
});
