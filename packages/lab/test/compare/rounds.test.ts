import assert from "node:assert/strict";
import { test } from "node:test";
import type { MeasuredRun } from "../../src/cell/run.js";
import type { Entry } from "../../src/compare/entry.js";
import { Ledger } from "../../src/compare/ledger.js";
import { type EntryRuns, runRounds } from "../../src/compare/rounds.js";
import { ProgramFailure } from "../../src/program/failure.js";
import { random } from "../../src/statistics/random.js";
import { runOf } from "../cell/fakeRun.js";
import { planFor } from "./plan.js";

const WORKLOAD = { kind: "wait", tasks: 1, waitMs: 0 } as const;
const SPOILED = { void: "generator: late", disturbed: true } as const;

function entryOf(name: string, measure: () => MeasuredRun, twinOf: string | null = null): Entry {
  return { name, language: "go", kinds: ["wait"], twinOf, measure: async () => measure() };
}

async function fiveRounds(measure: () => MeasuredRun): Promise<EntryRuns | undefined> {
  const context = {
    cores: 2,
    signal: undefined,
    readyMs: 1,
    iterations: 1,
    warmupS: 0,
    placement: "shared",
    roundsPerMs: new Map<string, number>(),
    seed: 1,
  } as const;
  const [runs] = await runRounds({
    entries: [entryOf("m", measure)],
    workload: WORKLOAD,
    rounds: 5,
    context,
    random: random(1),
    repeats: 0,
    tolerant: true,
    onStep: () => undefined,
  });
  return runs;
}

test("two runs that the generator spoiled do not give a model up: three of five may remain", async () => {
  let count = 0;
  const runs = await fiveRounds(() => runOf(1, count++ < 2 ? SPOILED : {}));
  assert.equal(runs?.placed.length, 5);
});

test("a model is given up after two failures of its own, or when less than half can remain", async () => {
  const failing = await fiveRounds(() => {
    throw new ProgramFailure("no");
  });
  assert.equal(failing?.placed.length, 2);
  assert.equal((await fiveRounds(() => runOf(1, SPOILED)))?.placed.length, 3);
});

test("a round that one of the A/A pair lacks is left out of the other too", () => {
  const placed = (ms: readonly number[], without: number) =>
    ms.map((each, round) => ({
      round,
      order: 0,
      run: runOf(each, round === without ? SPOILED : {}),
      failure: null,
    }));
  const one = entryOf("m", () => runOf(1));
  const again = entryOf("m (again)", () => runOf(1), "m");
  const machine = {} as never;
  const ledger = new Ledger({ plan: planFor([]), machine, notices: [], models: [], startedAt: 0 });
  ledger.add(WORKLOAD, [
    { entry: one, placed: placed([10, 20, 40, 80], 0), discarded: 0 },
    { entry: again, placed: placed([10, 20, 40, 80], 3), discarded: 0 },
  ]);
  const [noise] = ledger.result(null).noise;
  assert.equal(noise?.quiet, true);
  assert.equal(noise?.p50Ratio.value, 1);
});
