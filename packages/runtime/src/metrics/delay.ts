import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import type { HistogramSnapshot } from "./histogram.js";

/**
 * Node's event-loop delay histogram, in total and in parts. Node records the distance between two samples, which on a
 * loop that is never late is the resolution itself; that is taken off, so that an idle loop reads 0 and not 10 ms.
 * Two histograms, because Node cannot add one of this kind to another; their timers wake the loop together.
 */
export class DelayMeter {
  readonly #total: IntervalHistogram;
  readonly #recent: IntervalHistogram;
  readonly #resolutionMs: number;

  constructor(resolution: number) {
    this.#resolutionMs = resolution;
    this.#total = monitorEventLoopDelay({ resolution });
    this.#recent = monitorEventLoopDelay({ resolution });
    this.#total.enable();
    this.#recent.enable();
  }

  /** What was sampled since the last `take()`. */
  take(): HistogramSnapshot {
    const taken = this.#read(this.#recent);
    this.#recent.reset();
    return taken;
  }

  /** Everything sampled so far. Takes nothing. */
  total(): HistogramSnapshot {
    return this.#read(this.#total);
  }

  stop(): void {
    this.#total.disable();
    this.#recent.disable();
  }

  #read(from: IntervalHistogram): HistogramSnapshot {
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
