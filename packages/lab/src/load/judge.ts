import { LatencyHistogram } from "../statistics/histogram.js";
import { fellBehind } from "./backlog.js";
import type { LoadPlan, LoadResult } from "./plan.js";

const FAILED_SHARE = 0.0001;
const BUSY_SHARE = 0.7;
const ARRIVED_SHARE = 0.995;
const LAG_MS = 0.5;
const LAG_OF_P50 = 0.05;

/**
 * Why the figures of a run cannot be vouched for, or null when they can.
 *
 * The first that holds: connections were missing or lost; requests failed (more than 1 in 10,000); the server fell
 * behind (`saturated:`); the generator was the bottleneck; fewer requests arrived than asked. A server is called
 * saturated only when the generator had CPU to spare, and requests that time out while the backlog grows are a symptom
 * of that and not a cause of their own.
 */
export function judgeLoad(plan: LoadPlan, result: LoadResult): string | null {
  return (
    connectionsMissing(plan, result) ??
    requestsFailed(plan, result) ??
    serverSaturated(plan, result) ??
    generatorBusy(plan, result) ??
    generatorLate(plan, result) ??
    arrivalsMissing(plan, result)
  );
}

function connectionsMissing(plan: LoadPlan, result: LoadResult): string | null {
  if (result.connected >= plan.connections) return null;
  const held = `${whole(result.connected)} of ${whole(plan.connections)}`;
  return `connections: ${held} held${because(result)}`;
}

function requestsFailed(plan: LoadPlan, result: LoadResult): string | null {
  const { connect, response, timeout } = result.errors;
  const failed = connect + response + timeout;
  // A closed loop that gets no answers also asks for little: one failure of few requests still is one.
  const of = Math.max(result.asked, 1);
  if (failed <= of * FAILED_SHARE) return null;
  if (connect + response === 0 && isSaturated(plan, result)) return null;
  const parts = [
    connect > 0 ? `${whole(connect)} failed to reconnect` : null,
    response > 0 ? `${whole(response)} failed` : null,
    timeout > 0 ? `${whole(timeout)} timed out after ${whole(plan.timeoutMs)} ms` : null,
  ].filter((part) => part !== null);
  return `responses: of ${whole(of)} requests ${parts.join(", ")}${because(result)}`;
}

function serverSaturated(plan: LoadPlan, result: LoadResult): string | null {
  if (!isSaturated(plan, result)) return null;
  const achieved = result.answered / result.windowS;
  const waiting = `${whole(result.outstandingAtEnd)} requests waiting at the end`;
  return `saturated: asked ${whole(askedRate(result))}/s, achieved ${whole(achieved)}/s, ${waiting}`;
}

function isSaturated(plan: LoadPlan, result: LoadResult): boolean {
  if (plan.mode === "closed" || result.cpuShare > BUSY_SHARE) return false;
  // What the generator itself had not yet sent is no backlog of the server.
  const own = result.asked - result.arrived;
  const grown = result.outstandingAtEnd - result.outstandingAtStart - own;
  return grown > result.asked * 0.01 && fellBehind(result.asked, result.backlogLow);
}

function generatorBusy(_plan: LoadPlan, result: LoadResult): string | null {
  if (result.cpuShare <= BUSY_SHARE) return null;
  const share = `${whole(result.cpuShare * 100)} % of a core`;
  return `generator: it used ${share} (at most ${BUSY_SHARE * 100} % may be trusted), so it and not the server may be the limit`;
}

function generatorLate(plan: LoadPlan, result: LoadResult): string | null {
  if (plan.mode === "closed") return null;
  const p50 = LatencyHistogram.decode(result.latency).quantile(0.5);
  const allowed = Math.max(LAG_MS, LAG_OF_P50 * p50);
  const { p99 } = result.sendLagMs;
  if (p99 <= allowed) return null;
  return `generator: 1 % of requests were sent ${p99.toFixed(2)} ms late or more (at most ${allowed.toFixed(2)} ms may be trusted)`;
}

function arrivalsMissing(plan: LoadPlan, result: LoadResult): string | null {
  if (result.asked === 0) return "arrivals: no request was due in the measured window";
  if (plan.mode === "closed" || result.arrived >= result.asked * ARRIVED_SHARE) return null;
  const share = ((result.arrived / result.asked) * 100).toFixed(1);
  return `arrivals: ${whole(result.arrived)} of ${whole(result.asked)} were sent on schedule (${share} %)`;
}

function askedRate(result: LoadResult): number {
  return result.asked / result.windowS;
}

function because(result: LoadResult): string {
  return result.errorDetail === null ? "" : `: ${result.errorDetail}`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
