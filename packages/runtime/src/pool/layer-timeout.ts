import { around, type Layer } from "./layer.js";
import { number } from "./options.js";

/**
 * No call takes longer than `ms`: a call's own timeout counts where it is shorter. Outside of `withRetry` it bounds all attempts
 * together, inside of it each one.
 */
export function withTimeout(ms: number): Layer {
  number("ms", ms, 0);
  return (next) =>
    around(next, (call) =>
      next.execute({ ...call, timeout: Math.min(ms, call.timeout ?? Number.POSITIVE_INFINITY) }),
    );
}
