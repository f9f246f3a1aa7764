import { LONGEST_PAUSE, pause } from "./backoff.js";
import { now } from "./clock.js";
import { sleep } from "./sleep.js";
import type { SpawnOptions, Task } from "./types.js";

/** `fn`, run again after each failure with growing pauses. Cancelling ends it, also in a pause; then nothing is run again. */
export function supervised<T>(
  fn: (self: Task<unknown>) => T | PromiseLike<T>,
  { restarts = Number.POSITIVE_INFINITY, backoff }: SpawnOptions,
  onRestart: (error: unknown) => void,
): (self: Task<unknown>) => Promise<T> {
  return async (self) => {
    let failures = 0;
    for (let runs = 1; ; runs++) {
      const startedAt = now();
      try {
        return await fn(self);
      } catch (error) {
        if (runs > restarts || isCancelled(self)) throw error;
        // A run that lasted proves the fault was passing: the next failure begins with a short pause again.
        failures = now() - startedAt > (backoff?.max ?? LONGEST_PAUSE) ? 1 : failures + 1;
        await sleep(pause(backoff, failures));
        onRestart(error);
      }
    }
  };
}

/** Asks without reading `signal`, which would make an AbortController. */
function isCancelled(self: Task<unknown>): boolean {
  return (self as { cause?: unknown }).cause !== undefined;
}
