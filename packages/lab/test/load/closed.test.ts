import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { judgeLoad } from "../../src/load/judge.js";
import type { LoadResult } from "../../src/load/plan.js";
import { runLoad } from "../../src/load/run.js";
import { LatencyHistogram } from "../../src/statistics/histogram.js";
import { random } from "../../src/statistics/random.js";
import { planFor, resultWith, startServer } from "./fixture/start.js";

interface Loop {
  /** Connections that are answered all the time, each request after `leastMs` to twice that. */
  readonly lucky: number;
  readonly leastMs: number;
  readonly windowMs: number;
  readonly seed: number;
}

/** Windows of so many of the shortest requests. */
const loops = (least: number, most: number) =>
  fc
    .record({
      lucky: fc.integer({ min: 1, max: 20 }),
      leastMs: fc.double({ min: 5, max: 500, noNaN: true }),
      requests: fc.integer({ min: least, max: most }),
      seed: fc.integer(),
    })
    .map(({ requests, ...loop }): Loop => ({ ...loop, windowMs: requests * loop.leastMs }));

/** What a load sees of such a loop: nothing of whoever is not answered while the window lasts. */
function seen({ lucky, leastMs, windowMs, seed }: Loop): Partial<LoadResult> {
  const chance = random(seed);
  const latency = new LatencyHistogram();
  let answered = 0;
  for (let connection = 0; connection < lucky; connection++) {
    for (let sent = -leastMs * (1 + 2 * chance.next()); sent < windowMs; ) {
      const ms = leastMs * (1 + chance.next());
      if (sent >= 0) latency.record(ms);
      sent += ms;
      if (sent >= 0 && sent < windowMs) answered += 1;
    }
  }
  const encoded = latency.encode();
  const counts = { asked: latency.count, arrived: latency.count, answered };
  return { ...counts, windowS: windowMs / 1_000, latency: encoded, promptLatency: encoded };
}

function judge(loop: Loop, connections: number): string | null {
  return judgeLoad(
    planFor(1, { mode: "closed", connections }),
    resultWith({ ...seen(loop), connected: connections }),
  );
}

test("a closed loop whose connections all take part is never void for it, however its window falls", () => {
  fc.assert(fc.property(loops(2, 20), (loop) => assert.equal(judge(loop, loop.lucky), null)));
});

test("a closed loop with more connections left out than its window can hide is void", () => {
  const others = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(loops(20, 200), others, (loop, more) => {
      const { lucky, leastMs, windowMs } = loop;
      // each of the lucky counts for one and a last request; the slack is that of the longest
      const most = lucky * (1 + (2 * leastMs) / windowMs);
      const slack = 0.051 + (4.01 * leastMs + 30) / windowMs;
      const connections = Math.floor(most / (1 - slack)) + more;
      assert.match(
        judge(loop, connections) ?? "",
        /^closed loop: .* connections busy, and at least .* were expected: the server left the others/,
      );
    }),
  );
});

test("who was left out is told with what took part, what was expected and what to do", () => {
  const plan = planFor(1, { mode: "closed", connections: 100 });
  const result = resultWith({ connected: 100, answered: 52_000 });
  assert.equal(
    judgeLoad(plan, result),
    "closed loop: 5,200/s at a mean of 10 ms keep 52 of 100 connections busy, and at least 94.5 were expected: the server left the others unaccepted or unanswered (offer fewer connections, let it accept all of them before the load begins, or measure for longer)",
  );
  assert.match(
    judgeLoad(plan, { ...result, answered: 120_000 }) ?? "",
    /^closed loop: .* keep 120 of 100 connections busy, and at most 106 are believed: .*measure for longer/,
  );
  assert.match(
    judgeLoad(plan, { ...result, answered: 0 }) ?? "",
    /^closed loop: none of 100 connections was answered within the window of 10 s/,
  );
});

test("an open load is not held against its number of connections", () => {
  assert.equal(judgeLoad(planFor(1), resultWith()), null);
});

const load = { mode: "closed", warmupS: 0.2, timeoutMs: 10_000 } as const;

test("a server that looks at 20 of 50 connections only gives a void run, though no request fails", async () => {
  await using server = await startServer({ delayMs: 5, lateFrom: 20, lateMs: 3_000 });
  const plan = planFor(server.port, { ...load, durationS: 1 });
  const result = await runLoad(plan);
  assert.deepEqual([result.connected, result.errors], [50, { connect: 0, response: 0, timeout: 0 }]);
  assert.match(judgeLoad(plan, result) ?? "", /^closed loop: .* of 50 connections busy, and at least/);
});

/** A neighbour may hold the server up across one start of a window, as it may a user's; not across each. */
test("a server that answers all of 50 connections gives a run that is not void for it", async () => {
  await using server = await startServer({ delayMs: 5 });
  const plan = planFor(server.port, { ...load, durationS: 1 });
  const reasons: (string | null)[] = [];
  do reasons.push(judgeLoad(plan, await runLoad(plan)));
  while (reasons.at(-1)?.startsWith("closed loop") === true && reasons.length < 5);
  assert.doesNotMatch(reasons.at(-1) ?? "", /^closed loop/, reasons.join("\n"));
});
