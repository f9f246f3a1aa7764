import { isMainThread, threadId } from "node:worker_threads";
import { BadOptionError } from "../error/errors.js";
import { ANY, checkOptions, type Rules, TEXT } from "../error/options.js";
import { type BlockedReport, BlockWatcher } from "./blocked.js";
import { DelayMeter } from "./delay.js";
import { event } from "./events.js";
import type { HistogramSnapshot } from "./histogram.js";
import { register } from "./registry.js";
import { type ThreadReading, threadReader } from "./threads.js";

export interface MonitorOptions {
  /** Interval of the delay histogram's samples, in whole milliseconds. 10 unless told; each sample wakes the loop. */
  readonly resolution?: number;
  /** The label `loop` of its metrics. "main", or "worker-N" in a worker thread, unless told. */
  readonly name?: string;
}

/** State of an event loop. What is a delta says what happened since `stats()` was last called on this monitor. */
export type LoopStats = ThreadReading & {
  /** How late the loop's timers ran, since the last call. */
  readonly delay: HistogramSnapshot;
  /** The same since the monitor was made. */
  readonly delayTotal: HistogramSnapshot;
  /** Share of the time since the last call that the loop spent in callbacks, 0 to 1. */
  readonly utilization: number;
  /** What `utilization` covers, in milliseconds. */
  readonly spanMs: number;
  /** Since the thread began, in milliseconds. */
  readonly activeMs: number;
  readonly idleMs: number;
  /** Blocks found by `onBlocked` since the monitor was made. */
  readonly blocked: number;
};

/** Watches the event loop of the thread that made it. Dispose it to stop all its timers. */
export interface LoopMonitor extends Disposable {
  readonly name: string;
  stats(): LoopStats;
  /**
   * Calls `report` after each time the loop was blocked for longer than `ms`, from the loop itself, as soon as it turns
   * again. Dispose the result to stop. A report that throws is an uncaught exception, like any timer's callback.
   */
  onBlocked(ms: number, report: (report: BlockedReport) => void): Disposable;
}

const MONITOR: Rules<MonitorOptions> = { resolution: ANY, name: TEXT };
const now = performance.now.bind(performance);
const utilizationOf = performance.eventLoopUtilization.bind(performance);
const blockedEvent = event("heddle:loop:blocked");

/**
 * Starts to watch this thread's event loop. Never keeps the process alive. The figures also appear in `prometheus()`
 * until it is disposed. Costs one native timer per `resolution`, and with `onBlocked` one more per quarter of its `ms`.
 */
export function monitor(options: MonitorOptions = {}): LoopMonitor {
  checkOptions(options, MONITOR);
  const { resolution = 10, name = isMainThread ? "main" : `worker-${threadId}` } = options;
  if (!(Number.isInteger(resolution) && resolution >= 1 && resolution <= 60_000)) {
    throw new BadOptionError("resolution", resolution, "a whole number of milliseconds from 1 to 60,000");
  }
  const meter = new DelayMeter(resolution);
  const readThreads = threadReader();
  let blocked = 0;
  const watcher = new BlockWatcher((report) => {
    blocked++;
    if (blockedEvent.hasSubscribers) blockedEvent.publish({ loop: name, ...report });
  });
  let base = utilizationOf();
  let since = now();

  // Read by the metrics at any time: it must not move what `stats()` counts from.
  const totals = () => {
    const { active: activeMs, idle: idleMs } = utilizationOf();
    return { delayTotal: meter.total(), activeMs, idleMs, blocked };
  };
  const registration = register("loop", name, totals);

  return {
    name,
    stats() {
      const at = now();
      const current = utilizationOf();
      const { utilization } = utilizationOf(current, base);
      const spanMs = at - since;
      base = current;
      since = at;
      const delay = meter.take();
      return Object.freeze({ delay, ...totals(), utilization: share(utilization), spanMs, ...readThreads() });
    },
    onBlocked: (ms, report) => watcher.add(ms, report),
    [Symbol.dispose]() {
      watcher.stop();
      meter.stop();
      registration.unregister();
    },
  };
}

/** Before the loop's first turn, and between two calls in the same moment, Node answers 0 / 0. */
function share(utilization: number): number {
  return utilization >= 0 ? Math.min(1, utilization) : 0;
}
