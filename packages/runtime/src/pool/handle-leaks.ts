import type { LazyStack } from "../group/config.js";
import { type Tracked, track } from "../metrics/tracking.js";
import type { Observer } from "./engine.js";
import type { Thread } from "./thread.js";

/** Lists each living thread in `leaks()`, with the stack that opened its pool. */
export function threadLeaks(pool: string, openedAt: LazyStack | undefined): Partial<Observer> {
  const tracked = new Map<Thread, Tracked>();
  return {
    threadStarted(thread) {
      tracked.set(thread, track("worker", `${pool} worker ${thread.index}`, openedAt));
    },
    threadGone(thread) {
      tracked.get(thread)?.end();
      tracked.delete(thread);
    },
  };
}
