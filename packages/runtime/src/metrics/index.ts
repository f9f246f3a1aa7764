export type { BlockedReport } from "./blocked.js";
export { eventNames } from "./event-names.js";
export type { EventName, HeddleEvents, TaskOutcome } from "./events.js";
export {
  Histogram,
  type HistogramOptions,
  type HistogramSnapshot,
  type WindowSnapshot,
} from "./histogram.js";
export { assertNoLeaks, type Leak, type LeakKind, leaks } from "./leaks.js";
export { type LoopMonitor, type LoopStats, type MonitorOptions, monitor } from "./loop.js";
export type { HistogramSample, Labels, Metric, SummarySample, ValueSample } from "./metric.js";
export { type MeterLike, observe } from "./otel.js";
export { prometheus, prometheusContentType } from "./prometheus.js";
export { collector, type Registration } from "./registry.js";
export type { ThreadReading, ThreadStats } from "./threads.js";
