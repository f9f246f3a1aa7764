import { ANY, COUNT, checkOptions, type Rules } from "../error/options.js";
import { checkBackoff, pause } from "./backoff.js";
import { ambient } from "./scope.js";
import { sleep } from "./sleep.js";
import type { Backoff } from "./types.js";
import { refusal } from "./wait.js";

export interface RetryPolicy {
  /** How often `fn` is called at most. Default 3. */
  readonly attempts?: number | undefined;
  readonly backoff?: Backoff | undefined;
  /** False: this error is thrown at once. Default: every error is worth another try. */
  readonly retryIf?: ((error: unknown, attempt: number) => boolean | PromiseLike<boolean>) | undefined;
}

export const RETRY: Rules<RetryPolicy> = { attempts: COUNT, backoff: ANY, retryIf: ANY };

/**
 * Calls `fn` (with 1, 2, ...) until it succeeds; when the attempts are used up, the last error is thrown as it is. Cancelling
 * the group ends it, also in a pause.
 */
export async function retry<T>(
  fn: (attempt: number) => T | PromiseLike<T>,
  policy: RetryPolicy = {},
): Promise<Awaited<T>> {
  checkOptions(policy, RETRY);
  checkBackoff(policy.backoff);
  const { attempts = 3, backoff, retryIf } = policy;
  for (let attempt = 1; ; attempt++) {
    const scope = ambient();
    const refused = refusal(scope);
    if (refused !== undefined) return refused;
    try {
      return (await fn(attempt)) as Awaited<T>;
    } catch (error) {
      if (attempt >= attempts || scope?.cause !== undefined) throw error;
      if (retryIf !== undefined && !(await retryIf(error, attempt))) throw error;
    }
    await sleep(pause(backoff, attempt));
  }
}
