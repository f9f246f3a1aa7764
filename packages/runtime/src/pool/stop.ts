import { CancelError, TimeoutError } from "../error/errors.js";
import { ring } from "../wire/wake.js";
import type { Call } from "./call.js";
import type { Engine } from "./engine.js";
import type { RunOptions } from "./options.js";
import type { Thread } from "./thread.js";

/** The earlier of the two, in epoch milliseconds. */
export function deadlineOf(options: RunOptions): number | undefined {
  const byTimeout = options.timeout === undefined ? undefined : Date.now() + options.timeout;
  if (byTimeout === undefined || options.deadline === undefined) return byTimeout ?? options.deadline;
  return Math.min(byTimeout, options.deadline);
}

/** Ends the call when its signal aborts or its deadline passes. The caller is answered at once; the task gets `grace` to end. */
export function stopOn(engine: Engine, call: Call, { signal, timeout }: RunOptions): void {
  const { deadline } = call;
  const onAbort = () => stop(engine, call, new CancelError(signal?.reason, call.name));
  signal?.addEventListener("abort", onAbort, { once: true });
  let timer: NodeJS.Timeout | undefined;
  if (deadline !== undefined) {
    const onTime = () => stop(engine, call, new TimeoutError(deadline, call.name, timeout));
    timer = setLongTimeout(
      onTime,
      () => deadline - Date.now(),
      (next) => {
        timer = next;
      },
    );
  }
  call.cleanup = () => {
    signal?.removeEventListener("abort", onAbort);
    clearTimeout(timer);
  };
}

/** Two steps: ask the task, and after `grace` replace its worker. */
export function stop(engine: Engine, call: Call, error: unknown): void {
  if (call.state === "settled" || !engine.stop(call, error)) return;
  const { cells } = engine.dispatch;
  const owner = cells.owner(call);
  cells.askToCancel(call);
  if (owner < 0) return;
  ring(engine.shared, owner);
  const thread = engine.crew.at(owner);
  if (thread === undefined) return;
  const timer = setTimeout(() => giveUp(engine, call, thread), engine.settings.grace).unref();
  call.cleanup = () => clearTimeout(timer);
}

/**
 * Replaces the worker of a task that did not end. It is told to take no further task before its results are looked at for the last
 * time: so either the task has not ended, or nothing else has begun there, and nobody else's task dies with it.
 */
function giveUp(engine: Engine, call: Call, thread: Thread): void {
  const { crew, dispatch, pump } = engine;
  const ended = (): boolean => {
    dispatch.drainLane(thread);
    return call.cell < 0;
  };
  pump.schedule();
  // While our own thread was busy the task may have ended, and the next one begun.
  if (ended()) return;
  crew.dismiss(thread);
  if (ended()) crew.fill();
  else crew.replace(thread);
}

const LONGEST_TIMER_MS = 0x7fffffff;

/** A timer of any length: the longest that Node has is 24.8 days, and a longer one would fire at once. */
export function setLongTimeout(
  fire: () => void,
  left: () => number,
  replaced: (timer: NodeJS.Timeout) => void,
): NodeJS.Timeout {
  const ms = left();
  if (ms <= LONGEST_TIMER_MS) return setTimeout(fire, Math.max(0, ms));
  return setTimeout(() => replaced(setLongTimeout(fire, left, replaced)), LONGEST_TIMER_MS);
}
