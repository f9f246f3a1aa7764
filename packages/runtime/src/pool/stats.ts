import { type Registration, register } from "../metrics/registry.js";
import type { AutoPlace, InlineStats } from "./auto.js";
import type { Pool } from "./pool.js";
import { type Durations, durations, type Meter } from "./stats-meter.js";
import { vitals } from "./vitals.js";

/** One worker thread at one moment. */
export interface WorkerStats {
  readonly threadId: number;
  /** "stopping": ends after its task; "condemned": is ended by force, which code in a native call can delay. */
  readonly state: "loading" | "ready" | "stopping" | "condemned" | "gone";
  /** Tasks that ended in it. */
  readonly tasks: number;
  /** CPU time so far; 0 where the system does not tell (neither Linux nor Node 23.9). */
  readonly cpuMs: number;
  /** Share of the last seconds spent inside tasks, 0 to 1. */
  readonly utilization: number;
  /** JavaScript heap in use, MiB. */
  readonly heapMb: number;
}

/** A pool at one moment. Counts are since the pool was made. Times are in milliseconds. */
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
  /** Workers that were replaced because they had run `recycle.afterTasks` tasks or their heap had grown. */
  readonly recycled: number;
  /** Mean of the workers' utilization: the share of their time that they spend inside tasks. */
  readonly utilization: number;
  /** From the call to the begin of its task; of a sample when calls come in bursts. */
  readonly waitMs: Durations;
  /** Inside the task; of all calls whose task ended by itself. */
  readonly runMs: Durations;
  /** From the end of the task until the promise is settled; of the same sample as `waitMs`. */
  readonly dispatchMs: Durations;
  /** The same three over the last 10 to 20 seconds; all zeros when nothing ran. */
  readonly recent: {
    readonly waitMs: Durations;
    readonly runMs: Durations;
    readonly dispatchMs: Durations;
  };
  readonly workers: readonly WorkerStats[];
  /** What `place: "auto"` ran on the event loop. It counts as completed or failed too, not in the times. */
  readonly inline: InlineStats;
}

const NOTHING_INLINE: InlineStats = Object.freeze({
  calls: 0,
  handOverUs: 0,
  functions: Object.freeze({}),
});

/** Costs about 30 microseconds; meant to be read now and then, not per call. */
export function statsOf(pool: Pool, meter: Meter, auto: AutoPlace | undefined): PoolStats {
  const { wait, run, dispatch } = meter;
  const workers = workersOf(pool);
  return Object.freeze({
    ...countsOf(pool, auto),
    utilization: meanUtilization(workers),
    waitMs: durations(wait.snapshot()),
    runMs: durations(run.snapshot()),
    dispatchMs: durations(dispatch.snapshot()),
    recent: Object.freeze({
      waitMs: durations(wait.window()),
      runMs: durations(run.window()),
      dispatchMs: durations(dispatch.window()),
    }),
    workers: Object.freeze(workers),
    inline: auto?.stats() ?? NOTHING_INLINE,
  });
}

/** The engine has one queue: who of those behind the workers is queued, and who waits for room, is a matter of counting. */
function countsOf(pool: Pool, auto: AutoPlace | undefined) {
  const { engine, settings } = pool;
  const { crew, occupied, running, tally } = engine;
  const behind = occupied - running;
  const queued = Math.min(behind, settings.capacity);
  return {
    name: settings.name,
    threads: Object.freeze({ wanted: crew.wanted, alive: crew.alive, loading: crew.loading }),
    queued,
    waiting: behind - queued,
    running,
    completed: tally.completed + (auto?.completed ?? 0),
    failed: tally.failed + (auto?.failed ?? 0),
    stopped: tally.stopped,
    refused: tally.refused,
    replaced: crew.replaced,
    recycled: crew.recycled,
  };
}

function workersOf({ engine }: Pool): readonly WorkerStats[] {
  return engine.crew.list().map((thread) => {
    const { cpuMs, utilization, heapMb } = vitals(engine.shared, thread);
    const { threadId, state, tasks } = thread;
    return Object.freeze({ threadId, state, tasks, cpuMs, utilization, heapMb });
  });
}

function meanUtilization(workers: readonly WorkerStats[]): number {
  const total = workers.reduce((sum, { utilization }) => sum + utilization, 0);
  return workers.length === 0 ? 0 : total / workers.length;
}

/** Gives the pool to Prometheus and OpenTelemetry until it is unregistered. */
export function registerPool(pool: Pool, meter: Meter, auto: AutoPlace | undefined): Registration {
  return register("pool", pool.settings.name, () => ({
    ...countsOf(pool, auto),
    utilization: meanUtilization(workersOf(pool)),
    wait: meter.wait.snapshot(),
    run: meter.run.snapshot(),
    dispatch: meter.dispatch.snapshot(),
  }));
}
