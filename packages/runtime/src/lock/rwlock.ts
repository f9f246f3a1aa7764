import { Gate } from "./gate.js";
import { ALL } from "./permits.js";
import { SharedRwLock } from "./shared-rwlock.js";
import type { AcquireOptions, LockGuard, LockOptions, LockStats } from "./types.js";

/**
 * Many readers or one writer, first come, first served: a writer that waits stops the readers that come after it, so neither side
 * starves. That is why a task that holds it for reading must not ask for it again: a writer may wait in between.
 */
export class RwLock {
  readonly #gate: Gate;

  constructor(options: LockOptions = {}) {
    this.#gate = new RwGate(ALL, "rwlock", options, RwLock);
  }

  /** One whose state lies in shared memory: threads can have it together. */
  static shared(options?: LockOptions): SharedRwLock {
    return new SharedRwLock(options);
  }

  get name(): string {
    return this.#gate.name;
  }

  /** A guard beside other readers. Rejects as `Mutex.acquire` does. */
  read(options?: AcquireOptions): Promise<LockGuard> {
    return this.#gate.acquire(1, "read", options);
  }

  /** A guard beside nobody. Rejects as `Mutex.acquire` does; DeadlockError when the task holds it for writing already. */
  write(options?: AcquireOptions): Promise<LockGuard> {
    return this.#gate.acquire(ALL, "write", options);
  }

  /** The guard, if nobody writes and nobody waits. */
  tryRead(): LockGuard | undefined {
    return this.#gate.tryAcquire(1, "read");
  }

  /** The guard, if nobody holds it and nobody waits. */
  tryWrite(): LockGuard | undefined {
    return this.#gate.tryAcquire(ALL, "write");
  }

  stats(): LockStats {
    return this.#gate.stats();
  }
}

class RwGate extends Gate {
  protected override heldCount(): number {
    return this.free === 0 ? 1 : this.capacity - this.free;
  }
}
