import type { Labels, Metric } from "./metric.js";
import { collect } from "./registry.js";

/** The part of OpenTelemetry's `Meter` that is used; the one of `@opentelemetry/api` fits. */
export interface MeterLike {
  createObservableGauge(name: string, options?: InstrumentOptions): ObservableLike;
  createObservableCounter(name: string, options?: InstrumentOptions): ObservableLike;
}

export interface InstrumentOptions {
  description?: string;
  unit?: string;
}

export interface ObservableLike {
  addCallback(callback: ObservableCallbackLike): void;
  removeCallback(callback: ObservableCallbackLike): void;
}

export type ObservableCallbackLike = (result: ObservableResultLike) => void;

export interface ObservableResultLike {
  observe(value: number, attributes?: Labels): void;
}

/** One value for one instrument. */
interface Point {
  readonly instrument: string;
  readonly monotonic: boolean;
  readonly help: string;
  readonly value: number;
  readonly labels: Labels;
}

interface Instrument {
  readonly observable: ObservableLike;
  readonly callback: ObservableCallbackLike;
}

/**
 * Gives all families of `prometheus()` to an OpenTelemetry meter as observable instruments, under the same names
 * (without `_total`: exporters add it). A summary becomes a gauge with the attribute `quantile` and two counters,
 * `_count` and `_sum`; a histogram of a collector becomes counters. A family that appears later is observed from the
 * collection after the one that first saw it. Nothing runs between collections; disposing removes every callback.
 */
export function observe(meter: MeterLike): Disposable {
  const instruments = new Map<string, Instrument>();
  let points: ReadonlyMap<string, readonly Point[]> | undefined;
  let stopped = false;

  // A meter calls back once per instrument: those of one turn share one collection.
  const read = () => {
    if (points === undefined) {
      points = groupPoints(collect().flatMap(pointsOf));
      queueMicrotask(() => {
        points = undefined;
      });
      create(points);
    }
    return points;
  };
  const create = (seen: ReadonlyMap<string, readonly Point[]>) => {
    for (const [name, [first]] of seen) {
      if (first === undefined || instruments.has(name) || stopped) continue;
      const options = { description: first.help, unit: unitOf(name) };
      const observable = first.monotonic
        ? meter.createObservableCounter(name, options)
        : meter.createObservableGauge(name, options);
      const callback: ObservableCallbackLike = (result) => {
        for (const point of read().get(name) ?? []) result.observe(point.value, point.labels);
      };
      observable.addCallback(callback);
      instruments.set(name, { observable, callback });
    }
  };
  read();

  return {
    [Symbol.dispose]() {
      stopped = true;
      for (const { observable, callback } of instruments.values()) observable.removeCallback(callback);
      instruments.clear();
    },
  };
}

function pointsOf(metric: Metric): Point[] {
  const base = metric.name.replace(/_total$/, "");
  const point = (suffix: string, monotonic: boolean, value: number, labels: Labels = {}): Point => ({
    instrument: base + suffix,
    monotonic,
    help: metric.help,
    value,
    labels,
  });
  switch (metric.type) {
    case "counter":
    case "gauge":
      return metric.samples.map(({ value, labels }) => point("", metric.type === "counter", value, labels));
    case "summary":
      return metric.samples.flatMap(({ labels, count, sum, quantiles }) => [
        ...quantiles.map(([q, value]) => point("", false, value, { ...labels, quantile: String(q) })),
        point("_count", true, count, labels),
        point("_sum", true, sum, labels),
      ]);
    case "histogram":
      return metric.samples.flatMap(({ labels, count, sum, buckets }) => [
        ...buckets.map(([le, n]) => point("_bucket", true, n, { ...labels, le: String(le) })),
        point("_count", true, count, labels),
        point("_sum", true, sum, labels),
      ]);
  }
}

/** Without what is no number: a quantile of nothing is not a measurement. */
function groupPoints(all: readonly Point[]): Map<string, Point[]> {
  const groups = new Map<string, Point[]>();
  for (const point of all) {
    const group = groups.get(point.instrument) ?? [];
    if (!Number.isNaN(point.value)) group.push(point);
    groups.set(point.instrument, group);
  }
  return groups;
}

/** UCUM units, as OpenTelemetry asks. Counts of a summary in seconds are counts. */
function unitOf(name: string): string {
  if (/_seconds(_sum)?$/.test(name)) return "s";
  return name.endsWith("_bytes") ? "By" : "1";
}
