import assert from "node:assert/strict";
import { test } from "node:test";
import { type ClaimsEvent, type ClaimsRequest, claimsResult, runClaims } from "../../src/index.js";
import type { CpuReading } from "../../src/run/measure.js";
import { calmer, isStolen, STEAL, stealNote } from "../../src/run/steal.js";
import { fakeHome } from "../support/home.js";

const ALL: ClaimsRequest = { ids: null, quick: false, seed: 1, runs: null };

/** Processors that lose these shares of their time, run by run, and none after that. */
function losing(...shares: (number | null)[]): () => CpuReading {
  const now = { total: 0, busy: 0, steal: 0 };
  const left = [...shares];
  let within = false;
  return () => {
    within = !within;
    if (within) return { ...now };
    const [share = 0] = left.splice(0, 1);
    if (share === null) return null;
    now.total += 1_000;
    now.steal += share * 1_000;
    return { ...now };
  };
}

/** Its numbers count the runs: 1, 2, 3 are those of the plan. */
const counting = (name: string, more: Record<string, string> = {}) => ({
  fields: {
    measure: `async () => ({ x: (globalThis.${name} = (globalThis.${name} ?? 0) + 1) })`,
    decide: '({ x }) => c.confirmed("x is " + x, c.effect("x", x))',
    ...more,
  },
});

async function only(claim: ReturnType<typeof counting>, cpuTimes: () => CpuReading, request = ALL) {
  const events: ClaimsEvent[] = [];
  const home = fakeHome({ only: claim });
  const result = claimsResult.parse(
    await runClaims(request, { home, cpuTimes, onEvent: (event) => events.push(event) }),
  );
  const [found] = result.claims;
  assert.ok(found);
  return { claim: found, events, xs: found.perRun.map(({ numbers }) => numbers["x"]) };
}

test("a run of which much was stolen is repeated after the others, with its seed, and the calmer one counts", async () => {
  const quiet = await only(counting("quiet"), losing());
  assert.deepEqual(quiet.xs, [1, 2, 3]);
  const { claim, events, xs } = await only(counting("repeated"), losing(0.2, 0, 0, 0.01));
  assert.deepEqual(xs, [4, 2, 3]);
  assert.deepEqual(
    claim.perRun.map(({ stealShare }) => stealShare),
    [0.01, 0, 0],
  );
  assert.deepEqual(
    claim.perRun.map(({ seed }) => seed),
    quiet.claim.perRun.map(({ seed }) => seed),
  );
  assert.equal(claim.why, "x is 3");
  const steps = events.flatMap((event) =>
    event.type === "measuring" ? [`${event.done}/${event.total}`] : [],
  );
  assert.deepEqual(steps, ["0/3", "1/3", "2/3", "3/4"]);
});

test("a run that stays disturbed is repeated once only, and the verdict says so", async () => {
  const { claim, xs } = await only(counting("stays"), losing(0, 0.12, 0.3, 0.4, 0.11));
  assert.deepEqual(xs, [1, 5, 3], "the worst first: 4 repeated 3 and was worse");
  assert.equal(claim.verdict, "confirmed");
  assert.equal(
    claim.why,
    "x is 3. The machine was disturbed in 2 of 3 runs: the hypervisor gave up to 30 % of the processors' time to others (at most 5 % is let pass), so measure again at a quieter hour",
  );
});

test("what only observes behaviour is not repeated, and nothing is said of it", async () => {
  const { claim, xs } = await only(counting("behaviour", { alone: "false" }), losing(0.5, 0.5, 0.5));
  assert.deepEqual(xs, [1, 2, 3]);
  assert.equal(claim.why, "x is 2");
});

test("a repeat that fails is told, and the disturbed run stands", async () => {
  const fails = counting("fails", {
    measure:
      'async () => { if ((globalThis.fails = (globalThis.fails ?? 0) + 1) > 3) throw new Error("no"); return { x: globalThis.fails }; }',
  });
  const { claim, xs } = await only(fails, losing(0.5));
  assert.deepEqual(xs, [1, 2, 3]);
  assert.equal(claim.failures.length, 1);
  assert.match(claim.why, /disturbed in 1 of 3 runs/);
});

test("a machine that does not tell what was stolen has nothing repeated", async () => {
  const { claim, xs } = await only(counting("silent"), losing(null, null, null));
  assert.deepEqual(xs, [1, 2, 3]);
  assert.deepEqual([claim.perRun[0]?.stealShare, claim.why], [null, "x is 2"]);
});

test("repeats never take the whole beyond its time, and what is not repeated is told", async () => {
  const clock = { ms: 0 };
  Reflect.set(globalThis, "stealClock", clock);
  const slow = {
    fields: { measure: "async () => ({ x: 2 + 0 * (globalThis.stealClock.ms += 70_000) })" },
  };
  const home = fakeHome({ slow });
  const hooks = { home, cpuTimes: losing(0.2, 0.2, 0.2), now: () => clock.ms };
  const full = await runClaims(ALL, hooks);
  assert.equal(full.tookS, 280, "three runs and one repeat: another one would end after 290 s");
  assert.match(full.claims[0]?.why ?? "", /disturbed in 2 of 3 runs/);
  const quick = await runClaims({ ...ALL, quick: true }, { ...hooks, cpuTimes: losing(0.2) });
  assert.equal(quick.tookS, 70, "its only run took longer than --quick may: no repeat");
  assert.match(quick.claims[0]?.why ?? "", /disturbed in the only run/);
});

test("an interrupted run repeats nothing", async () => {
  const stop = new AbortController();
  const onEvent = (event: ClaimsEvent): void => {
    if (event.type === "measured") stop.abort("SIGINT");
  };
  const home = fakeHome({ only: counting("interrupted") });
  const partials: (string | null)[] = [];
  const onPartial = async ({ partial }: { partial: string | null }): Promise<void> => {
    partials.push(partial);
  };
  const signal = stop.signal;
  const result = await runClaims(
    { ...ALL, runs: 1 },
    { home, signal, onEvent, onPartial, cpuTimes: losing(0.5) },
  );
  assert.deepEqual([result.claims[0]?.runs, partials], [1, []]);
  assert.match(result.partial ?? "", /SIGINT/);
});

test("exactly the threshold is let pass, and the earlier of two that are alike stays", () => {
  const run = (stealShare: number | null, at: number) => ({ stealShare, at });
  assert.ok(!isStolen(run(STEAL, 0)) && isStolen(run(STEAL + 0.001, 0)) && !isStolen(run(null, 0)));
  assert.equal(calmer(run(0.2, 1), run(0.2, 2)).at, 1);
  assert.equal(calmer(run(0.2, 1), run(0.1, 2)).at, 2);
  assert.equal(stealNote([run(0.05, 1), run(null, 2)]), null);
});
