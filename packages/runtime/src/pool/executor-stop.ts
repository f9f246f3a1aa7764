import { CancelError, TimeoutError } from "../error/errors.js";
import { checkOptions } from "../error/options.js";
import type { ExecutorCall } from "./executor.js";
import { number } from "./options.js";
import { CALL } from "./options-names.js";
import { deadlineOf, setLongTimeout } from "./stop.js";

/** A call whose timeout has become a deadline: however often it is passed on, its time counts from the first. */
export interface TimedCall extends ExecutorCall {
  readonly deadline?: number | undefined;
  readonly timeout?: never;
}

/** @throws BadOptionError */
export function timed(call: ExecutorCall): TimedCall {
  checkOptions(call, CALL);
  if (call.timeout !== undefined) number("timeout", call.timeout, 0);
  if (call.deadline !== undefined) number("deadline", call.deadline, 0);
  const { timeout: _, ...rest } = call;
  const deadline = deadlineOf(call);
  return deadline === undefined ? rest : { ...rest, deadline };
}

/** Why the call is over already, or undefined. */
export function stoppedBefore({ name, signal, deadline }: ExecutorCall): Error | undefined {
  if (signal?.aborted === true) return new CancelError(signal.reason, name);
  if (deadline !== undefined && deadline <= Date.now()) return new TimeoutError(deadline, name);
  return undefined;
}

/** Calls `stop`, at most once, when the signal aborts or the deadline passes. The result ends that. */
export function whenStopped(
  { name, signal, deadline }: ExecutorCall,
  stop: (error: CancelError | TimeoutError) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const off = () => {
    signal?.removeEventListener("abort", onAbort);
    clearTimeout(timer);
  };
  const onAbort = () => {
    off();
    stop(new CancelError(signal?.reason, name));
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  if (deadline !== undefined) {
    const onTime = () => {
      off();
      stop(new TimeoutError(deadline, name));
    };
    timer = setLongTimeout(
      onTime,
      () => deadline - Date.now(),
      (next) => {
        timer = next;
      },
    );
  }
  return off;
}
