import type { Pool } from "./pool.js";

/** A pool at one moment. Counts are since the pool was made. */
export interface PoolStats {
  readonly name: string;
  /** `wanted`: how many there should be; `alive`: that take tasks or are about to; `loading`: of these, not ready yet. */
  readonly threads: { readonly wanted: number; readonly alive: number; readonly loading: number };
  /** Calls not yet handed to a worker, up to the capacity of the queue. */
  readonly queued: number;
  /** Calls that wait for room in the queue. */
  readonly waiting: number;
  /** Calls in the hands of a worker. */
  readonly running: number;
  /** Calls that ended with a value. */
  readonly completed: number;
  /** Calls that ended with an error. */
  readonly failed: number;
  /** Calls that were cancelled or whose time was up. */
  readonly stopped: number;
  /** Calls that the full queue refused. */
  readonly refused: number;
  /** Workers that died, or were given up, and were replaced. */
  readonly replaced: number;
}

/** The engine has one queue; who is "queued" and who is "waiting" is a matter of counting. */
export function statsOf(pool: Pool): PoolStats {
  const { engine, settings } = pool;
  const { crew, occupied, running } = engine;
  const behind = occupied - running;
  const queued = Math.min(behind, settings.capacity);
  return Object.freeze({
    name: settings.name,
    threads: Object.freeze({ wanted: crew.wanted, alive: crew.alive, loading: crew.loading }),
    queued,
    waiting: behind - queued,
    running,
    ...engine.tally,
    replaced: crew.replaced,
  });
}
