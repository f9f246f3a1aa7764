import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeLoad } from "../../src/load/judge.js";
import type { LoadPlan, LoadResult } from "../../src/load/plan.js";
import { LatencyHistogram } from "../../src/statistics/histogram.js";
import { planFor, resultWith } from "./fixture/start.js";

function judge(changes: Partial<LoadResult>, plan: Partial<LoadPlan> = {}): string | null {
  return judgeLoad(planFor(1, plan), resultWith(changes));
}

const rising = [10, 60, 110, 160, 210, 260, 310, 360, 410, 460];
const behind = { answered: 1_500, outstandingAtEnd: 502, backlogLow: rising };

test("a flawless run is not void", () => {
  assert.equal(judge({}), null);
});

test("missing connections are named with both numbers and the reason", () => {
  assert.equal(
    judge({ asked: 0, connected: 9_988, errorDetail: "ECONNREFUSED (12)" }, { connections: 10_000 }),
    "connections: 9,988 of 10,000 held: ECONNREFUSED (12)",
  );
});

test("connections that the server closed while idle are told from those that never opened", () => {
  assert.match(
    judge({ connected: 40 }) ?? "",
    /^connections: 40 of 50 held; the server closed the others while they were idle .*keep-alive timeout/,
  );
});

test("one failure in ten thousand is let pass, two are not", () => {
  const many = { asked: 10_000, arrived: 10_000, answered: 10_000 };
  assert.equal(judge({ ...many, errors: { connect: 0, response: 1, timeout: 0 } }), null);
  assert.equal(
    judge({ ...many, errors: { connect: 0, response: 2, timeout: 0 }, errorDetail: "status 500 (2)" }),
    "responses: of 10,000 requests 2 failed: status 500 (2)",
  );
});

test("a server that falls behind is saturated, with asked and achieved rate", () => {
  assert.equal(judge(behind), "saturated: asked 200/s, achieved 150/s, 502 requests waiting at the end");
});

test("timeouts of a server that falls behind are part of its saturation", () => {
  const reason = judge({ ...behind, errors: { connect: 0, response: 0, timeout: 40 } });
  assert.match(reason ?? "", /^saturated: asked 200\/s, achieved 150\/s/);
});

test("timeouts of a server that keeps up are failures", () => {
  assert.match(
    judge({ errors: { connect: 0, response: 0, timeout: 40 } }) ?? "",
    /^responses: of 2,000 requests 40 timed out after 5,000 ms/,
  );
});

test("a stall in the middle that was made up for is not saturation", () => {
  assert.equal(judge({ backlogLow: [0, 0, 0, 180, 270, 90, 0, 0, 0, 0] }), null);
});

test("a stall at the very end of the window is not saturation", () => {
  assert.equal(
    judge({ answered: 1_720, outstandingAtEnd: 282, backlogLow: [0, 0, 0, 0, 0, 0, 0, 0, 1, 80] }),
    null,
  );
});

test("a generator that uses more than 0.7 of a core is named, and not the server", () => {
  assert.match(judge({ ...behind, cpuShare: 0.93 }) ?? "", /^generator: it used 93 % of a core/);
});

test("a backlog of what the generator had not sent yet is not the server's", () => {
  assert.match(
    judge({ ...behind, arrived: 1_500, ...lateBy(90) }) ?? "",
    /^generator: its own lateness made 90\.\d+ of the 100\.\d+ ms at p50/,
  );
});

/** Latencies of 100 ms, of which `ms` are the generator's own lateness, for the given share of the requests. */
function lateBy(ms: number, share = 1): Pick<LoadResult, "latency" | "promptLatency"> {
  const latency = new LatencyHistogram();
  const prompt = new LatencyHistogram();
  for (let count = 0; count < 2_000; count++) {
    const late = count < 2_000 * share ? ms : 0;
    latency.record(100 - ms + late);
    prompt.record(100 - ms);
  }
  return { latency: latency.encode(), promptLatency: prompt.encode() };
}

test("the generator's lateness may make 5 % of p50 and 10 % of p99, and is named with the figure beyond", () => {
  assert.equal(judge(lateBy(4)), null);
  assert.match(judge(lateBy(6)) ?? "", /^generator: its own lateness made .* ms at p50 \(at most 5\.0\d ms/);
  assert.equal(judge(lateBy(9, 0.02)), null);
  assert.match(judge(lateBy(12, 0.02)) ?? "", /^generator: its own lateness made .* ms at p99/);
});

test("lateness that moves no judged figure is let pass, however large", () => {
  assert.equal(judge({ ...lateBy(60, 0.005), sendLagMs: { p50: 0.1, p99: 0.4, max: 60 } }), null);
});

test("fewer than 99.5 % of the arrivals make the run void", () => {
  assert.equal(judge({ arrived: 1_989 }), "arrivals: 1,989 of 2,000 were sent on schedule (99.5 %)");
  assert.equal(judge({ arrived: 1_990 }), null);
});

test("a closed loop is not judged by its arrivals, but by failures and the generator", () => {
  const closed = { mode: "closed", connections: 15 } as const;
  assert.equal(judge({ ...behind, ...lateBy(50) }, closed), null);
  assert.match(judge({ ...behind, ...lateBy(50), cpuShare: 0.9 }, closed) ?? "", /^generator: /);
});

test("connections are named before failures, failures before saturation", () => {
  const all = { ...behind, connected: 10, errors: { connect: 0, response: 400, timeout: 0 } };
  assert.match(judge(all) ?? "", /^connections: 10 of 50 held/);
  assert.match(judge({ ...all, connected: 50 }) ?? "", /^responses: /);
});
