import { refuse } from "../group/slice.js";
import { Gate } from "./gate.js";
import { badPermits, badWeight } from "./permits.js";
import { SharedSemaphore } from "./shared-semaphore.js";
import type { LockGuard, LockOptions, LockStats, PermitOptions } from "./types.js";

/**
 * `permits` permits, first come, first served: who wants many is not overtaken by those who want few.
 *
 * @throws BadOptionError if `permits` is no whole number from 1 up.
 */
export class Semaphore {
  readonly #gate: Gate;

  constructor(permits: number, options: LockOptions = {}) {
    const wrong = badPermits(permits);
    if (wrong !== undefined) throw wrong;
    this.#gate = new Gate(permits, "semaphore", options, Semaphore);
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
    const weight = options?.weight ?? 1;
    const wrong = badWeight(weight, this.#gate.capacity);
    if (wrong !== undefined) return refuse(wrong);
    return this.#gate.acquire(weight, "semaphore", options);
  }

  /** The guard, if the permits are there and nobody waits. @throws BadOptionError, CancelError in a cancelled group */
  tryAcquire(weight = 1): LockGuard | undefined {
    const wrong = badWeight(weight, this.#gate.capacity);
    if (wrong !== undefined) throw wrong;
    return this.#gate.tryAcquire(weight, "semaphore");
  }

  stats(): LockStats {
    return this.#gate.stats();
  }
}
