import { littleClosed } from "../law/little.js";
import { figure } from "../statistics/figure.js";
import { LatencyHistogram } from "../statistics/histogram.js";
import type { LoadPlan, LoadResult } from "./plan.js";

/**
 * Why the figures of a closed loop are not those of all its connections, or null. A server that is busy with some may
 * leave others unaccepted, or unanswered until the window is over: the system takes their requests all the same, no
 * failure is counted, and the latencies are those of the lucky ones.
 */
export function leftOut(plan: LoadPlan, result: LoadResult): string | null {
  if (plan.mode === "open") return null;
  if (result.answered === 0) {
    return `closed loop: none of ${figure(plan.connections)} connections was answered within the window of ${figure(result.windowS)} s (measure for longer, or with fewer connections)`;
  }
  const latency = LatencyHistogram.decode(result.latency);
  const check = littleClosed({
    connections: plan.connections,
    throughputPerS: result.answered / result.windowS,
    meanLatencyMs: latency.quantiles().mean,
    straddlingMs: straddlingMs(latency),
    windowMs: result.windowS * 1_000,
  });
  if (check.holds) return null;
  if (check.tookPart > plan.connections) {
    const most = figure(plan.connections * (1 + check.slack));
    return `closed loop: ${check.detail}, and at most ${most} are believed: requests were answered long after the window (measure for longer, or with fewer connections)`;
  }
  const least = figure(plan.connections * (1 - check.slack));
  return `closed loop: ${check.detail}, and at least ${least} were expected: the server left the others unaccepted or unanswered (offer fewer connections, let it accept all of them before the load begins, or measure for longer)`;
}

/**
 * Mean length of a request that is under way at a given moment, E[w^2] / E[w]: of 99 requests of 1 ms and one of a
 * second, it is nearly always the one. Read from the curve, each step at its upper end, so it is never too little.
 */
function straddlingMs(latency: LatencyHistogram): number {
  const { mean } = latency.quantiles();
  if (mean === 0) return 0;
  let squares = 0;
  let before = 0;
  for (const [share, ms] of latency.curve()) {
    squares += (share - before) * ms * ms;
    before = share;
  }
  return squares / mean;
}
