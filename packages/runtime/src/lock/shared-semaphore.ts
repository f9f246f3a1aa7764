import { checkOptions, type Rules } from "../error/options.js";
import { WAIT, type WaitOptions } from "../group/wait.js";
import { checkPermits, weightOf } from "./permits.js";
import { coreOf, newHandle, type SharedCore, type SharedHandle } from "./shared-core.js";
import type { LockGuard, LockOptions, LockStats, PermitOptions } from "./types.js";

/** Nobody can lend a priority to another thread. */
type SharedPermitOptions = WaitOptions & Pick<PermitOptions, "weight">;

/**
 * A semaphore that threads can have together. Its fields are its handle, so it can be sent as it is; on the other side it is
 * a plain object, and `SharedSemaphore.from(sent)` makes it a lock again.
 */
export class SharedSemaphore implements SharedHandle<"semaphore"> {
  readonly heddle = "shared-semaphore";
  readonly name: string;
  readonly state: SharedArrayBuffer;
  readonly threads: SharedArrayBuffer;
  readonly #core: SharedCore;
  readonly #rules: Rules<SharedPermitOptions>;

  /** `sent` is for `from` alone. */
  constructor(permits: number, options?: LockOptions, sent?: SharedHandle<"semaphore">) {
    checkPermits(permits);
    const handle = sent ?? newHandle("semaphore", permits, options);
    this.#core = coreOf("semaphore", handle, sent === undefined && options?.name !== undefined);
    this.#rules = { ...WAIT, weight: weightOf(this.#core.capacity) };
    this.name = handle.name;
    this.state = handle.state;
    this.threads = handle.threads;
  }

  /** The same lock, in this thread. @throws BadOptionError if it is none */
  static from(handle: SharedHandle<"semaphore">): SharedSemaphore {
    return handle instanceof SharedSemaphore ? handle : new SharedSemaphore(1, undefined, handle);
  }

  /** What can be sent to another thread, as a plain object. */
  get handle(): SharedHandle<"semaphore"> {
    return { heddle: this.heddle, name: this.name, state: this.state, threads: this.threads };
  }

  get permits(): number {
    return this.#core.capacity;
  }

  /** As `Semaphore.acquire`; also rejects with OwnerDiedError when a thread that held permits has ended. */
  acquire(options?: SharedPermitOptions): Promise<LockGuard> {
    return this.#core.acquire(options?.weight ?? 1, options, this.#rules);
  }

  /** The guard, if the permits are there and nobody waits. @throws BadOptionError, OwnerDiedError */
  tryAcquire(options: Pick<PermitOptions, "weight"> = {}): LockGuard | undefined {
    checkOptions(options, { weight: this.#rules.weight });
    return this.#core.tryAcquire(options.weight ?? 1);
  }

  stats(): LockStats {
    return this.#core.stats();
  }
}
