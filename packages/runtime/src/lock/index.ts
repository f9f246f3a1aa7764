import "./graph.js";

export { Mutex } from "./mutex.js";
export { RwLock } from "./rwlock.js";
export { Semaphore } from "./semaphore.js";
export type { SharedHandle } from "./shared-core.js";
export { SharedMutex } from "./shared-mutex.js";
export { SharedRwLock } from "./shared-rwlock.js";
export { SharedSemaphore } from "./shared-semaphore.js";
export { watchThread } from "./shared-threads.js";
export type { AcquireOptions, LockGuard, LockOptions, LockStats, PermitOptions } from "./types.js";
