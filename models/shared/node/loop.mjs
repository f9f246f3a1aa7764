import perfHooks from "node:perf_hooks";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { rounded } from "./clock.mjs";

/**
 * How often the monitor wakes the loop. It is paid for by the model that is watched: on a small server 2 ms took
 * 1.2 % of a core and 450 context switches a second, 10 ms a quarter of that. A burst is over too soon for 10 ms.
 */
export const BURST_RESOLUTION_MS = 2;
export const SERVE_RESOLUTION_MS = 10;
// The default import, because a name that a runtime does not export would fail the whole program.
const { monitorEventLoopDelay, performance } = perfHooks;
const supported = process.versions.bun === undefined && process.versions.deno === undefined;

/**
 * Watches this thread's event loop, if the runtime can.
 *
 * The monitor records the distance between its own ticks, so an idle loop shows `resolution`, not 0: that
 * much is subtracted here. libuv counts in whole milliseconds, so up to 1 ms of the rest is still the timer's.
 */
export function watchLoop(resolution) {
  if (!supported) return { start: async () => {}, stop: () => undefined };
  const histogram = monitorEventLoopDelay({ resolution });
  let before;
  const delay = (ns) => rounded(Math.max(0, ns / 1e6 - resolution));
  return {
    /** After a reset the first tick only sets the mark; work that blocks at once would be missed without it. */
    async start() {
      histogram.reset();
      histogram.enable();
      await sleep(2 * resolution);
      before = performance.eventLoopUtilization();
    },
    /** Utilization up to now; delays are read later, by what it returns, when the tick that was late has come. */
    stop() {
      const { utilization } = performance.eventLoopUtilization(before);
      return async () => {
        await sleep(2 * resolution);
        histogram.disable();
        return {
          delayP50Ms: delay(histogram.percentile(50)),
          delayP99Ms: delay(histogram.percentile(99)),
          delayMaxMs: histogram.count === 0 ? 0 : delay(histogram.max),
          utilization: rounded(utilization),
        };
      };
    },
  };
}
