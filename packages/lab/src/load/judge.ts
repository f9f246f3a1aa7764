import { LatencyHistogram } from "../statistics/histogram.js";
import { fellBehind } from "./backlog.js";
import { leftOut } from "./closed.js";
import type { LoadPlan, LoadResult } from "./plan.js";

const FAILED_SHARE = 0.0001;
const BUSY_SHARE = 0.7;
const ARRIVED_SHARE = 0.995;
/**
 * What the generator's lateness may add to a figure: half a millisecond, or as much of a median as a law may be off,
 * and twice that of a p99, which differs by more than that between two runs of a quiet box.
 */
const ADDED_MS = 0.5;
const JUDGED = [
  { name: "p50", q: 0.5, share: 0.05 },
  { name: "p99", q: 0.99, share: 0.1 },
] as const;

/**
 * Why the figures of a run cannot be vouched for, or null when they can.
 *
 * The first that holds: connections were missing or lost; requests failed (more than 1 in 10,000); the server fell
 * behind (`saturated:`); connections of a closed loop took no part; the generator was the bottleneck; fewer requests
 * arrived than asked. A server is called saturated only when the generator had CPU to spare, and requests that time out
 * while the backlog grows are a symptom of that and not a cause of their own.
 */
export function judgeLoad(plan: LoadPlan, result: LoadResult): string | null {
  return (
    connectionsMissing(plan, result) ??
    requestsFailed(plan, result) ??
    serverSaturated(plan, result) ??
    leftOut(plan, result) ??
    generatorBusy(plan, result) ??
    generatorLate(plan, result) ??
    arrivalsMissing(plan, result)
  );
}

function connectionsMissing(plan: LoadPlan, result: LoadResult): string | null {
  if (result.connected >= plan.connections) return null;
  const held = `${whole(result.connected)} of ${whole(plan.connections)}`;
  // nothing is asked when not all of them open
  if (result.asked === 0) return `connections: ${held} held${because(result)}`;
  // Node closes a connection that is idle for 5 s: a hundred connections at 10 requests/s are idle for longer
  const seconds = plan.connections / plan.ratePerS;
  return `connections: ${held} held; the server closed the others while they were idle (each is for about ${seconds.toFixed(1)} s here: offer fewer connections, or give it a longer keep-alive timeout)`;
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
  const arrived = result.asked / result.windowS;
  // in a short window chance may bring more than the rate asked for, and the server answer more than that
  const of = achieved > plan.ratePerS * 0.97 ? ` of the ${whole(arrived)}/s that came` : "";
  return `saturated: asked ${whole(plan.ratePerS)}/s, achieved ${whole(achieved)}/s${of}, ${waiting}`;
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

/**
 * The generator's own lateness is part of each latency, as it should be: nobody can say what an earlier request would
 * have met. But where it makes up much of a figure, the figure is the generator's (or the box's) and not the server's.
 * Judged by its effect and not by its own size, since one late request in a hundred moves no median.
 */
function generatorLate(plan: LoadPlan, result: LoadResult): string | null {
  if (plan.mode === "closed" || result.answered === 0) return null;
  const latency = LatencyHistogram.decode(result.latency);
  const prompt = LatencyHistogram.decode(result.promptLatency);
  for (const { name, q, share } of JUDGED) {
    const figure = latency.quantile(q);
    const added = figure - prompt.quantile(q);
    const allowed = Math.max(ADDED_MS, share * figure);
    if (added <= allowed) continue;
    return `generator: its own lateness made ${added.toFixed(2)} of the ${figure.toFixed(2)} ms at ${name} (at most ${allowed.toFixed(2)} ms may be trusted)`;
  }
  return null;
}

function arrivalsMissing(plan: LoadPlan, result: LoadResult): string | null {
  if (result.asked === 0) return "arrivals: no request was due in the measured window";
  if (plan.mode === "closed" || result.arrived >= result.asked * ARRIVED_SHARE) return null;
  const share = ((result.arrived / result.asked) * 100).toFixed(1);
  return `arrivals: ${whole(result.arrived)} of ${whole(result.asked)} were sent on schedule (${share} %)`;
}

function because(result: LoadResult): string {
  return result.errorDetail === null ? "" : `: ${result.errorDetail}`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
