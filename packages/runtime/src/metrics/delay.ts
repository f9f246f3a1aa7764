import { createHistogram, type IntervalHistogram, type RecordableHistogram } from "node:perf_hooks";
import type { HistogramSnapshot } from "./histogram.js";

/**
 * Node's event-loop delay histogram, read in parts. Node records the distance between two samples, which on a loop that
 * is never late is the resolution itself; that is taken off, so that an idle loop reads 0 and not 10 ms.
 */
export class DelayMeter {
  readonly #sampler: IntervalHistogram;
  readonly #resolutionMs: number;
  /** What was taken before. */
  readonly #before: RecordableHistogram = createHistogram();

  constructor(sampler: IntervalHistogram, resolutionMs: number) {
    this.#sampler = sampler;
    this.#resolutionMs = resolutionMs;
    sampler.enable();
  }

  /** What was sampled since the last `take()`. */
  take(): HistogramSnapshot {
    const taken = this.#read(this.#sampler);
    this.#before.add(this.#sampler as unknown as RecordableHistogram);
    this.#sampler.reset();
    return taken;
  }

  /** Everything sampled so far. Takes nothing. */
  total(): HistogramSnapshot {
    const sum = createHistogram();
    sum.add(this.#before);
    sum.add(this.#sampler as unknown as RecordableHistogram);
    return this.#read(sum);
  }

  stop(): void {
    this.#sampler.disable();
  }

  #read(from: IntervalHistogram | RecordableHistogram): HistogramSnapshot {
    const { count } = from;
    const late = (ns: number) => (count > 0 ? Math.max(0, ns / 1e6 - this.#resolutionMs) : 0);
    return Object.freeze({
      count,
      minMs: late(from.min),
      meanMs: late(from.mean),
      p50Ms: late(from.percentile(50)),
      p90Ms: late(from.percentile(90)),
      p99Ms: late(from.percentile(99)),
      maxMs: late(from.max),
    });
  }
}
