import assert from "node:assert/strict";
import { test } from "node:test";
import { assertSettledOnce, codeOf, random, type Watched, watched, within } from "./support.js";

const CALLS = 300;

/** What a call should come to: a value, or the death of its worker. */
type Expected = { readonly value: unknown } | "dies";

function start(pool: Watched, kind: number, index: number): [Promise<unknown>, Expected] {
  if (kind < 0.02) return [pool.run("exit", [index % 2]), "dies"];
  if (kind < 0.04) return [pool.run("throwLater", [`boom ${index}`]), "dies"];
  if (kind < 0.05) return [pool.run("rejectLater", [`rejected ${index}`]), "dies"];
  if (kind < 0.3) return [pool.run("spin", [1]), { value: 1 }];
  if (kind < 0.4) return [pool.run("sleep", [2]), { value: 2 }];
  if (kind < 0.6) {
    const map = new Map([[index, "by message"]]);
    return [pool.run("echo", [map]), { value: map }];
  }
  return [pool.run("add", [index, 1]), { value: index + 1 }];
}

for (const [seed, threads] of [
  [1, 2],
  [2, 3],
  [3, 4],
] as const) {
  test(`crash storm ${seed}: every call settles once, survivors are right, ${threads} threads live on`, async () => {
    await using pool = watched({ threads, grace: 100 });
    const next = random(seed);
    const calls = Array.from({ length: CALLS }, (_, index) => start(pool, next(), index));
    const ends = await within(20_000, "all calls", Promise.allSettled(calls.map(([promise]) => promise)));
    let deaths = 0;
    for (const [index, end] of ends.entries()) {
      const expected = calls[index]?.[1];
      if (expected === "dies") {
        deaths++;
        assert.equal(end.status === "rejected" && codeOf(end.reason), "WORKER_DIED", `call ${index}`);
      } else assert.deepEqual(end, { status: "fulfilled", value: expected?.value }, `call ${index}`);
    }
    assert.ok(deaths > 5, "the seed lets some die");
    assertSettledOnce(pool);
    const after = await within(
      10_000,
      "the pool after the storm",
      Promise.all(Array.from({ length: 1_000 }, (_, index) => pool.run("add", [index, index]))),
    );
    assert.deepEqual(
      after,
      after.map((_, index) => index * 2),
    );
    assert.equal(pool.pool.engine.crew.alive, threads);
    assert.equal(pool.pool.engine.occupied, 0);
  });
}

test("workers that run out of memory lose their own task only", { timeout: 60_000 }, async () => {
  await using pool = watched({
    threads: 2,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
  });
  const greedy = [pool.run("exhaust"), pool.run("exhaust")];
  const others = Array.from({ length: 200 }, (_, index) => pool.run("add", [index, 1]));
  for (const end of await within(30_000, "the greedy", Promise.allSettled(greedy))) {
    assert.match(String(end.status === "rejected" && end.reason), /ran out of memory/);
  }
  assert.deepEqual(
    await within(20_000, "the others", Promise.all(others)),
    others.map((_, index) => index + 1),
  );
  assertSettledOnce(pool);
});

test("a worker that dies takes no queued neighbour with it, and nothing runs twice", async () => {
  await using pool = watched({ threads: 2 });
  const rounds = 40;
  const counters = new SharedArrayBuffer(4 * rounds * 5);
  const calls: Promise<unknown>[] = [];
  for (let round = 0; round < rounds; round++) {
    calls.push(pool.run("countAndExit", [counters, round * 5]));
    for (let at = 1; at < 5; at++) calls.push(pool.run("count", [counters, round * 5 + at]));
  }
  const ends = await within(30_000, "all rounds", Promise.allSettled(calls));
  assert.deepEqual(
    [...new Int32Array(counters)],
    calls.map(() => 1),
    "each ran exactly once",
  );
  for (const [at, end] of ends.entries()) {
    if (at % 5 === 0) assert.equal(end.status === "rejected" && codeOf(end.reason), "WORKER_DIED");
    else assert.equal(end.status, "fulfilled");
  }
  assertSettledOnce(pool);
});

test("all workers terminated from outside at random moments: every call settles once", async () => {
  await using pool = watched({ threads: 3 });
  const next = random(11);
  const ends: Promise<unknown>[] = [];
  for (let round = 0; round < 60; round++) {
    for (let at = 0; at < 20; at++) {
      const call =
        next() < 0.3 ? pool.run("echo", [new Map([[at, round]])]) : pool.run("spin", [next() < 0.1 ? 3 : 0]);
      ends.push(
        call.then(
          () => "value",
          (error: unknown) => codeOf(error),
        ),
      );
    }
    const threads = pool.pool.engine.crew.list();
    const victim = threads[Math.floor(next() * threads.length)];
    if (victim !== undefined && victim.state === "ready" && next() < 0.5) void victim.terminate();
    await new Promise((done) => setTimeout(done, next() * 6));
  }
  const seen = await within(20_000, "all calls", Promise.all(ends));
  for (const end of seen) assert.ok(end === "value" || end === "WORKER_DIED", String(end));
  assertSettledOnce(pool);
  assert.equal(await within(5_000, "the pool afterwards", pool.run("add", [1, 2])), 3);
});
