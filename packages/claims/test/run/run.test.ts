import assert from "node:assert/strict";
import { test } from "node:test";
import { type ClaimsRequest, claimsResult, runClaims } from "../../src/index.js";
import { fakeHome } from "../support/home.js";

const ALL: ClaimsRequest = { ids: null, quick: false, seed: 1, runs: null };

test("a claim is measured three times, and its verdict is that of the medians", async () => {
  const home = fakeHome({
    steady: {
      fields: { measure: "async () => ({ x: 2 + (globalThis.steady = (globalThis.steady ?? 0) + 1) })" },
    },
  });
  const result = claimsResult.parse(await runClaims(ALL, { home }));
  const [claim] = result.claims;
  assert.equal(claim?.verdict, "confirmed");
  assert.equal(claim?.runs, 3);
  assert.deepEqual(claim?.numbers, { x: 4 });
  assert.equal(claim?.effect?.value, 4);
  const [low = 0, high = 0] = claim?.effect?.interval ?? [];
  assert.ok(low < 4 && high > 4);
  assert.equal(result.partial, null);
});

test("a verdict that flips between runs is undecided, and says how the runs stand", async () => {
  const home = fakeHome({
    flips: { fields: { measure: "async () => ({ x: (globalThis.flips = (globalThis.flips ?? 0) + 1) })" } },
  });
  const { claims } = await runClaims(ALL, { home });
  assert.equal(claims[0]?.verdict, "undecided");
  assert.match(claims[0]?.why ?? "", /the runs do not agree \(2 confirmed, 1 refuted\)/);
});

test("an experiment that fails leaves its claim undecided with the reason, and the others are measured", async () => {
  const home = fakeHome({
    broken: {
      fields: { measure: 'async (bench) => ({ x: (await bench.must("dies.mjs")).result.number("x") })' },
      programs: { "dies.mjs": 'console.error("no luck"); process.exit(3);' },
    },
    fine: {},
  });
  const { claims } = await runClaims(ALL, { home });
  const broken = claims.find(({ id }) => id === "broken");
  assert.equal(broken?.verdict, "undecided");
  assert.match(
    broken?.why ?? "",
    /the experiment failed: dies\.mjs failed: it ended with code 3, saying "no luck"/,
  );
  assert.equal(broken?.failures.length, 2, "it is given up after two failures");
  assert.equal(claims.find(({ id }) => id === "fine")?.verdict, "confirmed");
});

test("a program that prints no result, or another kind of it, is a failure that names the field", async () => {
  const home = fakeHome({
    silent: {
      fields: { measure: 'async (bench) => ({ x: (await bench.must("a.mjs")).result.number("x") })' },
      programs: { "a.mjs": 'console.log("hello")' },
    },
    wrong: {
      fields: { measure: 'async (bench) => ({ x: (await bench.must("a.mjs")).result.number("x") })' },
      programs: { "a.mjs": 'console.log(JSON.stringify({ result: { x: "many" } }))' },
    },
  });
  const { claims } = await runClaims({ ...ALL, runs: 1 }, { home });
  const why = (id: string): string => claims.find((claim) => claim.id === id)?.why ?? "";
  assert.match(why("silent"), /a\.mjs printed no result/);
  assert.match(why("wrong"), /a\.mjs gave "many" as "x", not a number/);
});

test("a machine that cannot decide says why and where", async () => {
  const home = fakeHome({
    elsewhere: {
      fields: { measure: 'async () => { throw new c.NotTestable("one core", "a machine with two"); }' },
    },
  });
  const [claim] = (await runClaims(ALL, { home })).claims;
  assert.deepEqual(
    [claim?.verdict, claim?.why, claim?.where],
    ["not-testable", "one core", "a machine with two"],
  );
});

test("a program that does not compile makes its claim not testable, with the command that shows why", async () => {
  const home = fakeHome({
    broken: { fields: { programs: '["a.c"]' }, programs: { "a.c": "int main(void) { return nothing; }" } },
    fine: {},
  });
  const { claims } = await runClaims(ALL, { home });
  const broken = claims.find(({ id }) => id === "broken");
  assert.equal(broken?.verdict, "not-testable");
  assert.match(broken?.why ?? "", /its program does not compile here|was not found/);
  assert.notEqual(broken?.where, "");
  assert.equal(claims.find(({ id }) => id === "fine")?.verdict, "confirmed");
});

test("a mistake in a claim's own code leaves it undecided, is called a bug, and the others are measured", async () => {
  const home = fakeHome({
    bug: { fields: { measure: "async () => null.x" } },
    rule: { fields: { decide: "() => null.x" } },
    fine: {},
  });
  const { claims } = await runClaims(ALL, { home });
  assert.match(
    claims.find(({ id }) => id === "rule")?.why ?? "",
    /this is a bug in the claim's rule: Cannot read/,
  );
  assert.match(
    claims.find(({ id }) => id === "bug")?.why ?? "",
    /this is a bug in the claim's own code: Cannot read/,
  );
  assert.equal(claims.find(({ id }) => id === "fine")?.verdict, "confirmed");
});

test("an unknown id is the caller's mistake, with the closest one", async () => {
  const home = fakeHome({ "threads-memory": {} });
  await assert.rejects(runClaims({ ...ALL, ids: ["thread-memory"] }, { home }), (error: Error) => {
    assert.equal(Reflect.get(error, "code"), "BAD_OPTION");
    assert.match(error.message, /did you mean threads-memory\?/);
    return true;
  });
});

test("aborting keeps what was measured and says so", async () => {
  const stop = new AbortController();
  const home = fakeHome({ a: {}, b: { fields: { measure: "(bench) => bench.sleep(60_000)" } } });
  const result = await runClaims(
    { ...ALL, seed: 3 },
    {
      home,
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === "measuring" && event.id === "b") setTimeout(() => stop.abort("SIGINT"), 50);
      },
    },
  );
  assert.match(result.partial ?? "", /SIGINT/);
  assert.equal(result.claims.find(({ id }) => id === "b")?.why, "stopped before it was measured");
});
