import { checkOptions, type Rules } from "../error/options.js";
import { Gate } from "./gate.js";
import { ACQUIRE } from "./options.js";
import { checkPermits, weightOf } from "./permits.js";
import { SharedSemaphore } from "./shared-semaphore.js";
import type { LockGuard, LockOptions, LockStats, PermitOptions } from "./types.js";

/**
 * `permits` permits, first come, first served: who wants many is not overtaken by those who want few.
 *
 * @throws BadOptionError if `permits` is no whole number from 1 up.
 */
export class Semaphore {
  readonly #gate: Gate;
  readonly #rules: Rules<PermitOptions>;

  constructor(permits: number, options: LockOptions = {}) {
    checkPermits(permits);
    this.#gate = new Gate(permits, "semaphore", options, Semaphore);
    this.#rules = { ...ACQUIRE, weight: weightOf(permits) };
  }

  /** One whose state lies in shared memory: threads can have it together. */
  static shared(permits: number, options?: LockOptions): SharedSemaphore {
    return new SharedSemaphore(permits, options);
  }

  get name(): string {
    return this.#gate.name;
  }

  /** Permits there are in all. */
  get permits(): number {
    return this.#gate.capacity;
  }

  /** Resolves with a guard of `weight` permits. Rejects as `Mutex.acquire` does; a weight above `permits` is a BadOptionError. */
  acquire(options?: PermitOptions): Promise<LockGuard> {
    return this.#gate.acquire(options?.weight ?? 1, "semaphore", options, this.#rules);
  }

  /** The guard, if the permits are there and nobody waits. @throws BadOptionError, CancelError in a cancelled group */
  tryAcquire(options: Pick<PermitOptions, "weight"> = {}): LockGuard | undefined {
    checkOptions(options, { weight: this.#rules.weight });
    return this.#gate.tryAcquire(options.weight ?? 1, "semaphore");
  }

  stats(): LockStats {
    return this.#gate.stats();
  }
}
