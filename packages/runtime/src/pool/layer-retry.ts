import { setTimeout as wait } from "node:timers/promises";
import { isHeddleError } from "../error/base.js";
import { CancelError } from "../error/errors.js";
import { checkOptions } from "../error/options.js";
import { checkBackoff, pause } from "../group/backoff.js";
import { RETRY, type RetryPolicy } from "../group/retry.js";
import { timed } from "./executor-stop.js";
import { around, type Layer } from "./layer.js";
import { integer } from "./options.js";

/** Another attempt cannot end differently, or nobody wants it to. */
const FINAL = new Set(["CANCELLED", "TIMEOUT", "CLOSED", "TASK_LOAD", "NOT_CLONEABLE", "BAD_OPTION"]);

/**
 * Runs a call again that failed, up to `attempts` times in all (3 unless told), after a pause that grows; then the last error is
 * thrown. Only for tasks that may run twice: one whose worker died may have done its work. Timeout, deadline and signal of a call
 * hold for all attempts together. Not tried again: what was cancelled or timed out, what can never work (an unknown name, values
 * that cannot be copied, a closed executor), and a call with `transfer`, whose buffers are gone.
 */
export function withRetry(policy: RetryPolicy = {}): Layer {
  checkOptions(policy, RETRY);
  const { attempts = 3, backoff, retryIf } = policy;
  if (attempts !== Number.POSITIVE_INFINITY) integer("attempts", attempts, 1, Number.MAX_SAFE_INTEGER);
  checkBackoff(backoff);
  return (next) =>
    around(next, async (given) => {
      const call = timed(given);
      const most = (call.transfer?.length ?? 0) > 0 ? 1 : attempts;
      for (let attempt = 1; ; attempt++) {
        try {
          return await next.execute(call);
        } catch (error) {
          if (attempt >= most || (isHeddleError(error) && FINAL.has(error.code))) throw error;
          if (retryIf !== undefined && !(await retryIf(error, attempt))) throw error;
          const ms = pause(backoff, attempt);
          // No time is left for another attempt: what went wrong says more than that the time was up.
          if (call.deadline !== undefined && Date.now() + ms >= call.deadline) throw error;
          await rest(ms, call.signal, call.name);
        }
      }
    });
}

async function rest(ms: number, signal: AbortSignal | undefined, name: string): Promise<void> {
  try {
    await wait(ms, undefined, signal === undefined ? {} : { signal });
  } catch {
    throw new CancelError(signal?.reason, name);
  }
}
