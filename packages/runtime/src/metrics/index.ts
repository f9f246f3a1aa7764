export {
  type Event,
  type EventName,
  event,
  eventNames,
  type HeddleEvents,
  type ReportEvent,
} from "./events.js";
export {
  Histogram,
  type HistogramOptions,
  type HistogramSnapshot,
  type WindowSnapshot,
} from "./histogram.js";
export { assertNoLeaks, type Leak, type LeakKind, leaks } from "./leaks.js";
