import { CancelError, WorkerDiedError } from "../error/errors.js";
import { event, type TaskOutcome } from "../metrics/events.js";
import { TELL_START } from "../wire/layout.js";
import { ownTime } from "../wire/shared-clock.js";
import type { Call } from "./call.js";
import type { Observer, Outcome } from "./engine.js";
import type { Thread } from "./thread.js";

const queued = event("heddle:pool:task:queued");
const start = event("heddle:pool:task:start");
const end = event("heddle:pool:task:end");
const cancel = event("heddle:pool:task:cancel");
const workerStart = event("heddle:pool:worker:start");
const workerExit = event("heddle:pool:worker:exit");

/**
 * The events of a pool on their `diagnostics_channel`s. Without subscribers a call costs three property reads.
 *
 * The host does not know when a worker takes a task. Only while somebody listens for starts, workers post a message at
 * each: the start comes when it happens, and a task costs a few microseconds more.
 */
export function poolEvents(pool: string): Partial<Observer> {
  /** By the index of a thread: a call knows only that. */
  const threadIds: number[] = [];
  const about = (call: Call) => ({ pool, task: call.sequence, name: call.name });

  return {
    submitted(call) {
      if (queued.hasSubscribers) queued.publish(about(call));
      if (!start.hasSubscribers) return;
      call.flags |= TELL_START;
      if (call.madeAt === 0) call.madeAt = performance.now();
    },

    began(call, thread, startedMs) {
      if (!start.hasSubscribers) return;
      const waitMs = call.madeAt === 0 ? undefined : Math.max(0, ownTime(startedMs) - call.madeAt);
      start.publish({ ...about(call), worker: thread.threadId, waitMs });
    },

    ended(call, outcome, startedMs, runNs, error) {
      if (outcome === "stopped" && cancel.hasSubscribers) {
        const reason = error instanceof CancelError ? error.reason : error;
        cancel.publish({ ...about(call), running: call.cell >= 0, reason });
      }
      if (!end.hasSubscribers) return;
      end.publish({
        ...about(call),
        worker: call.worker < 0 ? undefined : threadIds[call.worker],
        outcome: outcomeOf(outcome, startedMs, error),
        runMs: startedMs === 0 ? undefined : runNs / 1e6,
        error,
      });
    },

    threadStarted(thread) {
      threadIds[thread.index] = thread.threadId;
    },

    threadReady(thread) {
      if (workerStart.hasSubscribers) workerStart.publish({ pool, worker: thread.threadId });
    },

    threadGone(thread, exitCode, error) {
      if (!workerExit.hasSubscribers) return;
      workerExit.publish({ pool, worker: thread.threadId, exitCode, why: whyGone(thread, error) });
    },
  };
}

/** Whether anybody wants to hear of a call that runs on the event loop: it has a start and an end, and is never queued. */
export const inlineWatched = (): boolean => start.hasSubscribers || end.hasSubscribers;

export function inlineStart(pool: string, task: number, name: string): void {
  if (start.hasSubscribers) start.publish({ pool, task, name, waitMs: 0 });
}

export function inlineEnd(pool: string, task: number, name: string, runMs: number, failure?: Failure): void {
  if (!end.hasSubscribers) return;
  end.publish({
    pool,
    task,
    name,
    runMs,
    outcome: failure === undefined ? "ok" : "failed",
    error: failure?.error,
  });
}

/** A task may throw undefined: that it threw is told apart from what. */
export interface Failure {
  readonly error: unknown;
}

function outcomeOf(outcome: Outcome, startedMs: number, error: unknown): TaskOutcome {
  if (outcome === "value") return "ok";
  if (outcome === "stopped") return "cancelled";
  // A task may throw a WorkerDiedError of a pool of its own: then it has ended by itself.
  return startedMs === 0 && error instanceof WorkerDiedError ? "died" : "failed";
}

function whyGone(thread: Thread, error: unknown): string {
  if (error !== undefined) return error instanceof Error ? error.message : String(error);
  switch (thread.state) {
    case "condemned":
      return "terminated";
    case "stopping":
      return "stopped";
    case "loading":
      return "it ended while it loaded its module";
    default:
      return "it ended by itself";
  }
}
