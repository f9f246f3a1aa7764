import type { WaitOptions } from "../group/wait.js";
import { ALL } from "./permits.js";
import { coreOf, newHandle, type SharedCore, type SharedHandle } from "./shared-core.js";
import type { LockGuard, LockOptions, LockStats } from "./types.js";

/**
 * A read-write lock that threads can have together. Its fields are its handle, so it can be sent as it is; on the other side it is
 * a plain object, and `SharedRwLock.from(sent)` makes it a lock again.
 */
export class SharedRwLock implements SharedHandle<"rwlock"> {
  readonly heddle = "shared-rwlock";
  readonly name: string;
  readonly state: SharedArrayBuffer;
  readonly threads: SharedArrayBuffer;
  readonly #core: SharedCore;

  /** `sent` is for `from` alone. */
  constructor(options?: LockOptions, sent?: SharedHandle<"rwlock">) {
    const handle = sent ?? newHandle("rwlock", ALL, options);
    this.#core = coreOf("rwlock", handle, sent === undefined && options?.name !== undefined);
    this.name = handle.name;
    this.state = handle.state;
    this.threads = handle.threads;
  }

  /** The same lock, in this thread. @throws BadOptionError if it is none */
  static from(handle: SharedHandle<"rwlock">): SharedRwLock {
    return handle instanceof SharedRwLock ? handle : new SharedRwLock(undefined, handle);
  }

  /** What can be sent to another thread, as a plain object. */
  get handle(): SharedHandle<"rwlock"> {
    return { heddle: this.heddle, name: this.name, state: this.state, threads: this.threads };
  }

  /** As `RwLock.read`; also rejects with OwnerDiedError when a thread that wrote has ended before it released. */
  read(options?: WaitOptions): Promise<LockGuard> {
    return this.#core.acquire(1, options);
  }

  /** As `RwLock.write`; also rejects with OwnerDiedError. */
  write(options?: WaitOptions): Promise<LockGuard> {
    return this.#core.acquire(ALL, options);
  }

  /** The guard, if nobody writes and nobody waits. @throws OwnerDiedError */
  tryRead(): LockGuard | undefined {
    return this.#core.tryAcquire(1);
  }

  /** The guard, if nobody holds it and nobody waits. @throws OwnerDiedError */
  tryWrite(): LockGuard | undefined {
    return this.#core.tryAcquire(ALL);
  }

  stats(): LockStats {
    return this.#core.stats();
  }
}
