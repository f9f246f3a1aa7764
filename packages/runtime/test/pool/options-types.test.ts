import assert from "node:assert/strict";
import { test } from "node:test";
import { didYouMean } from "../../src/error/nearest.js";
import { ANY, type Rules, TEXT } from "../../src/error/options.js";

interface Some {
  readonly name?: string | undefined;
  readonly limit?: number;
}

test("rules that lack an option, or have one too many, do not compile", () => {
  const whole: Rules<Some> = { name: TEXT, limit: ANY };
  // @ts-expect-error: limit is missing
  const less: Rules<Some> = { name: TEXT };
  // @ts-expect-error: no option is called size
  const more: Rules<Some> = { name: TEXT, limit: ANY, size: ANY };
  assert.ok(whole && less && more);
});

test("the name that is meant is the nearest one, however it was misspelt", () => {
  const rules = { signal: ANY, timeout: ANY, deadline: ANY, onError: ANY, min: ANY, max: ANY };
  const meant = (name: string) => /"(.*)"/.exec(didYouMean(name, rules))?.[1];
  assert.equal(meant("TimeOut"), "timeout"); // capitals
  assert.equal(meant("timout"), "timeout"); // a letter too few
  assert.equal(meant("signall"), "signal"); // one too many
  assert.equal(meant("deadlime"), "deadline"); // another one
  assert.equal(meant("tiemout"), "timeout"); // two that changed places
  assert.equal(meant("on_error"), "onError");
  assert.equal(meant("mix"), "min");
  for (const far of ["concurrency", "ms", "", "abort", "retries"]) assert.equal(meant(far), undefined, far);
});
