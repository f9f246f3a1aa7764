import type { WaitOptions } from "../group/wait.js";
import { coreOf, newHandle, type SharedCore, type SharedHandle } from "./shared-core.js";
import type { LockGuard, LockOptions, LockStats } from "./types.js";

/**
 * A mutex that threads can have together. Its fields are its handle, so it can be sent as it is; on the other side it is
 * a plain object, and `SharedMutex.from(sent)` makes it a lock again.
 */
export class SharedMutex implements SharedHandle<"mutex"> {
  readonly heddle = "shared-mutex";
  readonly name: string;
  readonly state: SharedArrayBuffer;
  readonly threads: SharedArrayBuffer;
  readonly #core: SharedCore;

  /** `sent` is for `from` alone. */
  constructor(options?: LockOptions, sent?: SharedHandle<"mutex">) {
    const handle = sent ?? newHandle("mutex", 1, options);
    this.#core = coreOf("mutex", handle, sent === undefined && options?.name !== undefined);
    this.name = handle.name;
    this.state = handle.state;
    this.threads = handle.threads;
  }

  /** The same lock, in this thread. @throws BadOptionError if it is none */
  static from(handle: SharedHandle<"mutex">): SharedMutex {
    return handle instanceof SharedMutex ? handle : new SharedMutex(undefined, handle);
  }

  /** What can be sent to another thread, as a plain object. */
  get handle(): SharedHandle<"mutex"> {
    return { heddle: this.heddle, name: this.name, state: this.state, threads: this.threads };
  }

  /** As `Mutex.acquire`; also rejects with OwnerDiedError when a thread that held it has ended. */
  acquire(options?: WaitOptions): Promise<LockGuard> {
    return this.#core.acquire(1, options);
  }

  /** The guard, if it is free and nobody waits. @throws OwnerDiedError, CancelError in a cancelled group */
  tryAcquire(): LockGuard | undefined {
    return this.#core.tryAcquire(1);
  }

  stats(): LockStats {
    return this.#core.stats();
  }
}
