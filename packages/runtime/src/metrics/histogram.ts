import { BadOptionError } from "../error/errors.js";
import { ANY, checkOptions, type Rules } from "../error/options.js";
import { BUCKETS, bucketOf, MAX_NS, upperEdge } from "./buckets.js";

/** What a histogram holds, in milliseconds. Percentiles are never below the true one and at most 1.6 % above it. */
export interface HistogramSnapshot {
  readonly count: number;
  readonly minMs: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** The last part of a histogram's life. `spanMs` is how long that part is. */
export interface WindowSnapshot extends HistogramSnapshot {
  readonly spanMs: number;
}

export interface HistogramOptions {
  /** `window()` covers the last one to two times this many milliseconds. 10,000 unless told. */
  readonly windowMs?: number;
}

const HISTOGRAM: Rules<HistogramOptions> = { windowMs: ANY };
const startTimer = setTimeout;
const now = performance.now.bind(performance);

/**
 * Counts durations. Recording costs 5 to 9 ns (measured); node's own `createHistogram` costs 35, takes only
 * integers from 1 up, and knows no window, which is why it is not used here.
 *
 * ```
 *  settled  <-add-  previous  <-rotate-  current  <-record-      window() = previous + current
 *  (all before)     (10 s)               (0..10 s)               snapshot() = settled + current
 * ```
 * `settled` includes `previous`. Rotation is done by an unref'd timer that runs only while something is recorded:
 * an idle histogram wakes nobody, and an idle window empties by itself.
 */
export class Histogram {
  readonly #windowMs: number;
  #current = new Slice();
  #previous: Slice | undefined;
  #settled: Slice | undefined;
  #previousSpan = 0;
  #currentSince = now();
  #armed = false;

  constructor(options: HistogramOptions = {}) {
    checkOptions(options, HISTOGRAM);
    this.#windowMs = options.windowMs ?? 10_000;
    if (!(this.#windowMs >= 1 && this.#windowMs <= 2 ** 30)) {
      throw new BadOptionError("windowMs", options.windowMs, "a number of milliseconds from 1 to 2^30");
    }
  }

  /** Adds one duration, in nanoseconds. Negative counts as 0, more than a day as a day; NaN throws. */
  record(ns: number): void {
    const value = ns > 0 ? (ns < MAX_NS ? ns : MAX_NS) : zero(ns);
    this.#current.add(value);
    if (!this.#armed) this.#arm();
  }

  /** Everything since the histogram was made. */
  snapshot(): HistogramSnapshot {
    return Object.freeze(summarize([this.#settled, this.#current]));
  }

  /** The last one to two windows. Emptier than that when less was recorded; `count` 0 when nothing was. */
  window(): WindowSnapshot {
    const spanMs = this.#armed ? this.#previousSpan + (now() - this.#currentSince) : 0;
    return Object.freeze({ ...summarize([this.#previous, this.#current]), spanMs });
  }

  #arm(): void {
    this.#armed = true;
    this.#currentSince = now();
    startTimer(() => this.#rotate(), this.#windowMs).unref();
  }

  #rotate(): void {
    const done = this.#current;
    const spare = this.#previous;
    spare?.clear();
    this.#previousSpan = now() - this.#currentSince;
    if (done.count === 0) {
      // A whole window without a record: what the last one held is past. The next record arms again.
      this.#previousSpan = 0;
      this.#previous = undefined;
      this.#armed = false;
      return;
    }
    this.#settled ??= new Slice();
    this.#settled.merge(done);
    this.#previous = done;
    this.#current = spare ?? new Slice();
    this.#arm();
  }
}

function zero(ns: number): 0 {
  if (ns <= 0) return 0;
  throw new BadOptionError("duration", ns, "a number of nanoseconds");
}

/** One array of counts (22 KB) and the four exact figures beside it. */
class Slice {
  readonly counts = new Float64Array(BUCKETS);
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = 0;

  add(ns: number): void {
    const at = bucketOf(ns);
    this.counts[at] = (this.counts[at] ?? 0) + 1;
    this.count++;
    this.sum += ns;
    if (ns < this.min) this.min = ns;
    if (ns > this.max) this.max = ns;
  }

  merge(other: Slice): void {
    for (let i = 0; i < BUCKETS; i++) this.counts[i] = (this.counts[i] ?? 0) + (other.counts[i] ?? 0);
    this.count += other.count;
    this.sum += other.sum;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
  }

  clear(): void {
    this.counts.fill(0);
    this.count = 0;
    this.sum = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.max = 0;
  }
}

/** An empty histogram is all zeros: a NaN would spread through whatever the reader computes. */
function summarize(slices: readonly (Slice | undefined)[]): HistogramSnapshot {
  const parts = slices.filter((slice) => slice !== undefined);
  const total = (pick: (slice: Slice) => number) => parts.reduce((sum, slice) => sum + pick(slice), 0);
  const count = total((slice) => slice.count);
  if (count === 0) return { count, minMs: 0, meanMs: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0, maxMs: 0 };
  const max = Math.max(...parts.map((slice) => slice.max));
  const ranks = [0.5, 0.9, 0.99].map((share) => Math.ceil(share * count));
  const found: number[] = [];
  for (let i = 0, seen = 0; i < BUCKETS && found.length < ranks.length; i++) {
    for (const slice of parts) seen += slice.counts[i] ?? 0;
    while (found.length < ranks.length && seen >= (ranks[found.length] ?? 0))
      found.push(Math.min(upperEdge(i), max));
  }
  const [p50 = max, p90 = max, p99 = max] = found;
  return {
    count,
    minMs: Math.min(...parts.map((slice) => slice.min)) / 1e6,
    meanMs: total((slice) => slice.sum) / count / 1e6,
    p50Ms: p50 / 1e6,
    p90Ms: p90 / 1e6,
    p99Ms: p99 / 1e6,
    maxMs: max / 1e6,
  };
}
