import assert from "node:assert/strict";
import { test } from "node:test";
import { findClaims } from "../../src/index.js";
import { Budget } from "../../src/run/budget.js";
import { BUDGET_S, type ClaimsRequest, planRounds, type Slot, seedOf } from "../../src/run/plan.js";
import { fakeHome } from "../support/home.js";

const ALL: ClaimsRequest = { ids: null, quick: false, seed: 7, runs: null };
const ten = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`claim-${at}`, {}]));

async function plan(request: ClaimsRequest): Promise<Slot[][]> {
  const found = await findClaims(fakeHome(ten));
  return planRounds(
    request,
    found.flatMap(({ claim, dir }) => ("untestable" in claim ? [] : [{ claim, dir }])),
  );
}

const shape = (rounds: Slot[][]) =>
  rounds.map((round) => round.map(({ found, seed }) => [found.claim.id, seed]));

test("the same seed gives the same plan, another seed another", async () => {
  assert.deepEqual(shape(await plan(ALL)), shape(await plan(ALL)));
  assert.notDeepEqual(shape(await plan(ALL)), shape(await plan({ ...ALL, seed: 8 })));
});

test("every claim is once in each round, in another order", async () => {
  const rounds = await plan(ALL);
  assert.equal(rounds.length, 3);
  const [first = [], second = []] = rounds.map((round) => round.map(({ found }) => found.claim.id));
  assert.deepEqual([...first].sort(), Object.keys(ten).sort());
  assert.notDeepEqual(first, second);
});

test("a claim's seed does not depend on which others are measured", () => {
  assert.equal(seedOf(7, "a", 0), seedOf(7, "a", 0));
  assert.notEqual(seedOf(7, "a", 0), seedOf(7, "a", 1));
  assert.notEqual(seedOf(7, "a", 0), seedOf(7, "b", 0));
  assert.ok(Number.isSafeInteger(seedOf(2 ** 52, "a", 0)));
});

test("no slot begins that would not end in time; who names claims or runs gets the time they take", async () => {
  let now = 0;
  const [[slot] = []] = await plan(ALL);
  assert.ok(slot);
  const budget = new Budget(ALL, () => now);
  now = (BUDGET_S.full - 1) * 1_000;
  assert.ok(budget.allows(slot), "it should take 0.1 s, and 1 s is left");
  budget.note(slot, 2);
  assert.ok(!budget.allows(slot), "it took 2 s the last time");
  assert.ok(budget.skipped.has(slot.found.claim.id));
  for (const asked of [
    { ...ALL, runs: 9 },
    { ...ALL, ids: ["claim-0"] },
  ]) {
    assert.ok(new Budget(asked, () => now).allows(slot));
  }
});
