import type { WaitOptions } from "../group/wait.js";
import type { HistogramSnapshot } from "../metrics/histogram.js";

/** What is held. `using` releases it; releasing again does nothing. */
export interface LockGuard extends Disposable {
  /** False once it is released. */
  readonly held: boolean;
  release(): void;
}

export interface AcquireOptions extends WaitOptions {
  /** While it waits, it lends this priority to the holder: pool calls of the holder that still queue move up. Default 0. */
  readonly priority?: number | undefined;
}

export interface PermitOptions extends AcquireOptions {
  /** Permits taken at once, and given back at once. Default 1. */
  readonly weight?: number | undefined;
}

export interface LockOptions {
  /** For errors, reports and metrics. Locks of one name are one class in the order of locks; one without is not in the metrics. */
  readonly name?: string | undefined;
}

/** Numbers of one lock. `acquired` and `contended` only grow. */
export interface LockStats {
  readonly name: string;
  /** Guards held; of a semaphore: permits. */
  readonly held: number;
  readonly waiting: number;
  readonly acquired: number;
  /** Acquires that had to wait. */
  readonly contended: number;
  /** How long they waited; only of a lock with a name. */
  readonly wait?: HistogramSnapshot | undefined;
}

export type LockKind = "mutex" | "read" | "write" | "semaphore";
