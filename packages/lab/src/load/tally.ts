import { LatencyHistogram } from "../statistics/histogram.js";
import type { LoadResult } from "./plan.js";

const REASONS_KEPT = 4;

/** The latencies of one measured window, and every failure. Times are monotonic ms. */
export class Tally {
  readonly errors = { connect: 0, response: 0, timeout: 0 };
  readonly #from: number;
  readonly #to: number;
  readonly #latency = new LatencyHistogram();
  readonly #raw = new LatencyHistogram();
  readonly #prompt = new LatencyHistogram();
  readonly #lag = new LatencyHistogram();
  readonly #seconds: Series[] = [];
  readonly #reasons = new Map<string, number>();

  constructor(from: number, to: number) {
    this.#from = from;
    this.#to = to;
  }

  includes(at: number): boolean {
    return at >= this.#from && at < this.#to;
  }

  answered({ intended, sent, late }: { intended: number; sent: number; late: number }, now: number): void {
    if (!this.includes(intended)) return;
    this.#latency.record(now - intended);
    this.#raw.record(now - sent);
    this.#prompt.record(now - intended - late);
    const second = Math.floor((intended - this.#from) / 1_000);
    let series = this.#seconds[second];
    if (series === undefined) {
      series = new Series();
      this.#seconds[second] = series;
    }
    series.push(now - intended);
  }

  lag(intended: number, now: number): void {
    if (this.includes(intended)) this.#lag.record(now - intended);
  }

  failed(kind: "connect" | "response" | "timeout", reason: string, count = 1): void {
    this.errors[kind] += count;
    const known = this.#reasons.get(reason);
    if (known !== undefined || this.#reasons.size < REASONS_KEPT) {
      this.#reasons.set(reason, (known ?? 0) + count);
    }
  }

  figures(): Pick<
    LoadResult,
    "errors" | "errorDetail" | "latency" | "rawLatency" | "promptLatency" | "perSecond" | "sendLagMs"
  > {
    const reasons = [...this.#reasons].map(([reason, count]) => `${reason} (${count})`);
    return {
      errors: this.errors,
      errorDetail: reasons.length === 0 ? null : reasons.join("; "),
      latency: this.#latency.encode(),
      rawLatency: this.#raw.encode(),
      promptLatency: this.#prompt.encode(),
      perSecond: [...this.#seconds.entries()].flatMap(([second, series]) =>
        series === undefined ? [] : [{ second, ...series.figures() }],
      ),
      sendLagMs: { p50: this.#lag.quantile(0.5), p99: this.#lag.quantile(0.99), max: this.#lag.quantile(1) },
    };
  }
}

/** The latencies of one second: a histogram each would take 85 KB per second, however few they are. */
class Series {
  #values = new Float32Array(256);
  #count = 0;

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const grown = new Float32Array(this.#count * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#count++] = value;
  }

  figures(): { count: number; p50Ms: number; p99Ms: number } {
    const sorted = this.#values.subarray(0, this.#count).sort();
    const at = (q: number): number => sorted[Math.max(0, Math.ceil(q * this.#count) - 1)] ?? 0;
    return { count: this.#count, p50Ms: at(0.5), p99Ms: at(0.99) };
  }
}
