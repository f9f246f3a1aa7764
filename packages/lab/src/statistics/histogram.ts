import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from "hdr-histogram-js";
import type { Quantiles } from "../result/schema.js";

const LONGEST_US = 10 * 60 * 1_000_000;
const ENOUGH_FOR_P999 = 100_000;

/** Quantiles of a percentile plot, in hundred-thousandths: ever finer towards the tail. */
const CURVE = [
  ...steps(0, 90_000, 2_500),
  ...steps(90_000, 99_000, 500),
  ...steps(99_000, 99_900, 50),
  ...steps(99_900, 99_990, 5),
  ...steps(99_990, 100_000, 1),
];
const ALWAYS_IN_CURVE: ReadonlySet<number> = new Set([50_000, 90_000, 99_000, 99_900]);

/**
 * Latencies in an HDR histogram: milliseconds in and out, kept as whole microseconds with three significant digits,
 * so any quantile is at most 0.1 % (or 1 us) from the recorded value. About 85 KB, whatever the count.
 * Longer than ten minutes is recorded as ten minutes and counted in `clamped`.
 */
export class LatencyHistogram {
  readonly #counts: Histogram;
  #clamped = 0;

  constructor(counts: Histogram = empty()) {
    this.#counts = counts;
  }

  /** @throws RangeError for NaN and negative values: those are mistakes of the measurement, not latencies. */
  record(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`a latency is a number from 0 up, got ${ms}`);
    let us = Math.round(ms * 1_000);
    if (us > LONGEST_US) {
      us = LONGEST_US;
      this.#clamped += 1;
    }
    this.#counts.recordValue(us);
  }

  add(other: LatencyHistogram): void {
    if (other.count > 0) this.#counts.add(other.#counts);
    this.#clamped += other.#clamped;
  }

  get count(): number {
    return this.#counts.totalCount;
  }

  /** How many records were longer than the histogram can hold; known only where they were recorded or added. */
  get clamped(): number {
    return this.#clamped;
  }

  /** The value, in ms, that a share `q` of all records does not exceed; 0 when nothing was recorded. */
  quantile(q: number): number {
    if (!(q >= 0 && q <= 1)) throw new RangeError(`a quantile lies in 0..1, got ${q}`);
    if (this.count === 0) return 0;
    // Also for the maximum: the exact one is lost in the encoding, and a file must say what the run said.
    return this.#counts.getValueAtPercentile(q * 100) / 1_000;
  }

  quantiles(): Quantiles {
    return {
      p50: this.quantile(0.5),
      p90: this.quantile(0.9),
      p99: this.quantile(0.99),
      p999: this.count >= ENOUGH_FOR_P999 ? this.quantile(0.999) : null,
      max: this.quantile(1),
      mean: this.count === 0 ? 0 : this.#counts.mean / 1_000,
    };
  }

  /** At most 120 points `[quantile, ms]` of a percentile plot, ending with the maximum; empty without records. */
  curve(): [number, number][] {
    const count = this.count;
    if (count === 0) return [];
    const points: [number, number][] = [];
    for (const part of CURVE) {
      // Beyond the last record every quantile is the maximum: more points would only draw a line nobody measured.
      if ((100_000 - part) * count < 100_000 && !ALWAYS_IN_CURVE.has(part)) continue;
      points.push([part / 100_000, this.quantile(part / 100_000)]);
    }
    points.push([1, this.quantile(1)]);
    return points;
  }

  /** HdrHistogram V2, deflated, base64: readable by the HdrHistogram libraries of other languages. */
  encode(): string {
    return encodeIntoCompressedBase64(this.#counts);
  }

  /** @throws Error when the text is no encoded histogram. */
  static decode(text: string): LatencyHistogram {
    const merged = empty();
    const decoded = decodeFromCompressedBase64(text, 32, false, LONGEST_US);
    if (decoded.totalCount > 0) merged.add(decoded);
    return new LatencyHistogram(merged);
  }
}

function empty(): Histogram {
  return build({
    bitBucketSize: 32,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: LONGEST_US,
    numberOfSignificantValueDigits: 3,
    useWebAssembly: false,
  });
}

function steps(from: number, below: number, by: number): number[] {
  return Array.from({ length: Math.ceil((below - from) / by) }, (_, step) => from + step * by);
}
