import { Histogram, type HistogramSnapshot } from "../metrics/histogram.js";
import { ownTime } from "../wire/shared-clock.js";
import type { Call } from "./call.js";
import type { Observer, Outcome } from "./engine.js";

/** Durations in milliseconds. Percentiles are never below the true one and at most 1.6 % above it. All 0 without a count. */
export interface Durations {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * Measures the calls whose task ended by itself. Run times come with each result and cost nothing to know; waiting and
 * handing over need a look at the clock here, so in a burst of calls they are taken of one in sixteen.
 */
export class Meter implements Partial<Observer> {
  /** From the call to the begin of its task. */
  readonly wait = new Histogram();
  /** Inside the task. */
  readonly run = new Histogram();
  /** From the end of the task until the caller's promise is settled. */
  readonly dispatch = new Histogram();

  ended(call: Call, _outcome: Outcome, startedMs: number, runNs: number): void {
    if (startedMs === 0) return;
    this.run.record(runNs);
    if (call.madeAt === 0) return;
    const began = ownTime(startedMs);
    this.wait.record((began - call.madeAt) * 1e6);
    this.dispatch.record((performance.now() - began) * 1e6 - runNs);
  }
}

export function durations({ count, meanMs, p50Ms, p90Ms, p99Ms, maxMs }: HistogramSnapshot): Durations {
  return Object.freeze({ count, mean: meanMs, p50: p50Ms, p90: p90Ms, p99: p99Ms, max: maxMs });
}
