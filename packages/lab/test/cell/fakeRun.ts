import { type MeasuredRun, NO_ERRORS } from "../../src/cell/run.js";
import { LatencyHistogram } from "../../src/statistics/histogram.js";

/** A run of one task that took so long, as rules about runs see it. */
export function runOf(ms: number, more: Partial<MeasuredRun> = {}): MeasuredRun {
  const latency = new LatencyHistogram();
  latency.record(ms);
  return {
    latency,
    inside: null,
    tasks: 1,
    throughputPerS: 1,
    cpuMs: 1,
    switches: null,
    memory: null,
    eventLoop: null,
    speedup: null,
    generator: null,
    errors: NO_ERRORS,
    series: [],
    laws: { little: null, utilization: null },
    noise: { stealShare: null, foreignShare: null },
    void: null,
    disturbed: false,
    ...more,
  };
}
