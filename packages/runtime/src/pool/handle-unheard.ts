import { inspect } from "node:util";
import { WorkerDiedError } from "../error/errors.js";
import { event } from "../metrics/events.js";
import type { Observer } from "./engine.js";

const workerExit = event("heddle:pool:worker:exit");

/**
 * Warns of an error that ended a worker and that nobody would hear of: no call fails with it, as it came between tasks or from one
 * whose caller had been answered, and nobody listens to the event. A worker that is still loading tells by TaskLoadError.
 */
export function unheardErrors(pool: string): Partial<Observer> {
  /** The cause of the last WorkerDiedError: the calls that a worker takes with it end just before it is gone. */
  let heard: unknown;
  return {
    ended(_call, outcome, _startedMs, _runNs, error) {
      if (outcome === "error" && error instanceof WorkerDiedError) heard = error.cause;
    },

    threadGone(thread, _exitCode, error) {
      const told = error === undefined || error === heard || thread.state === "loading";
      heard = undefined;
      if (told || workerExit.hasSubscribers) return;
      const [what, detail] =
        error instanceof Error ? [error.message, error.stack] : [inspect(error), undefined];
      const warning = `a worker of ${pool} ended by an error that no call was told of: ${what}. Find the timer, listener or promise that threw it, or subscribe to ${workerExit.name} to hear of it yourself`;
      process.emitWarning(warning, {
        type: "HeddleWarning",
        code: "HEDDLE_WORKER_ERROR",
        ...(detail === undefined ? {} : { detail }),
      });
    },
  };
}
