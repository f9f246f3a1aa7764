import { Gate } from "./gate.js";
import { SharedMutex } from "./shared-mutex.js";
import type { AcquireOptions, LockGuard, LockOptions, LockStats } from "./types.js";

/**
 * One holder at a time, first come, first served. It belongs to the task that acquired it, not to the async context: another task
 * of the same group waits like everybody else, and acquiring it twice in one task rejects with DeadlockError.
 */
export class Mutex {
  readonly #gate: Gate;

  constructor(options: LockOptions = {}) {
    this.#gate = new Gate(1, "mutex", options, Mutex);
  }

  /** One whose state lies in shared memory: threads can have it together. */
  static shared(options?: LockOptions): SharedMutex {
    return new SharedMutex(options);
  }

  get name(): string {
    return this.#gate.name;
  }

  /**
   * Resolves with the guard, once all who asked before have had it. Rejects with CancelError (group or `signal`), TimeoutError or
   * DeadlockError; then it is not held and nobody behind is kept waiting.
   */
  acquire(options?: AcquireOptions): Promise<LockGuard> {
    return this.#gate.acquire(1, "mutex", options);
  }

  /** The guard, if it is free and nobody waits. @throws CancelError in a cancelled group */
  tryAcquire(): LockGuard | undefined {
    return this.#gate.tryAcquire(1, "mutex");
  }

  stats(): LockStats {
    return this.#gate.stats();
  }
}
