import type { Metric } from "./metric.js";

/** What registers itself with the metrics: each kind has its own label and its own families. */
export type SourceKind = "pool" | "group" | "channel" | "lock" | "loop";

/** One metric family and the field of `stats()` it is read from. A field that is absent gives no sample. */
export interface FamilyRule {
  /** Path into `stats()`, dots between. A summary's field is a HistogramSnapshot. */
  readonly field: string;
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "summary";
  /** How sources of the same name are put together: added up unless told. A quantile is always the largest. */
  readonly merge?: "sum" | "max";
  /** One more label that tells fields of one family apart. */
  readonly label?: readonly [name: string, value: string];
  /** Factor to the base unit: 0.001 for a field in milliseconds. */
  readonly scale?: number;
}

type Row = Omit<FamilyRule, "type" | "name">;

const gauge = (name: string, field: string, help: string, more: Partial<Row> = {}): FamilyRule => ({
  type: "gauge",
  name,
  field,
  help,
  ...more,
});
const counter = (name: string, field: string, help: string, more: Partial<Row> = {}): FamilyRule => ({
  type: "counter",
  name,
  field,
  help,
  ...more,
});
const summary = (name: string, field: string, help: string, more: Partial<Row> = {}): FamilyRule => ({
  type: "summary",
  name,
  field,
  help,
  ...more,
});
const MAX = { merge: "max" } as const;
const outcome = (value: string) => ({ label: ["outcome", value] as const });
const side = (value: string) => ({ label: ["side", value] as const });

const POOL_ENDED = "Tasks that ended, by how; cancelled are also those whose time was up.";
const GROUP_ENDED = "Tasks of the group that ended, by how.";
const CHANNEL_WAITING = "Waits on the channel that have not ended, by side.";
const CHANNEL_ITEMS = "Items that went in (send) and came out (receive).";

/** Every family the library itself gives, by kind. The table in docs/metrics.md is checked against this one. */
export const FAMILIES: { readonly [Kind in SourceKind]: readonly FamilyRule[] } = {
  pool: [
    gauge("heddle_pool_queued_tasks", "queued", "Tasks accepted and not yet handed to a worker."),
    gauge("heddle_pool_waiting_callers", "waiting", "Callers that wait for room in the queue."),
    gauge("heddle_pool_running_tasks", "running", "Tasks handed to a worker and not yet settled."),
    gauge("heddle_pool_threads", "threads.alive", "Worker threads that take tasks or are about to."),
    gauge(
      "heddle_pool_threads_wanted",
      "threads.wanted",
      "Worker threads the pool should have by its own sizing.",
    ),
    gauge(
      "heddle_pool_utilization_ratio",
      "utilization",
      "Share of its time the pool's threads spend in tasks.",
      MAX,
    ),
    counter("heddle_pool_tasks_total", "completed", POOL_ENDED, outcome("ok")),
    counter("heddle_pool_tasks_total", "failed", POOL_ENDED, outcome("failed")),
    counter("heddle_pool_tasks_total", "stopped", POOL_ENDED, outcome("cancelled")),
    counter("heddle_pool_refused_total", "refused", "Calls that the full queue refused."),
    counter("heddle_pool_workers_replaced_total", "replaced", "Workers that ended and were replaced."),
    summary("heddle_pool_wait_seconds", "wait", "From the call to its start in a worker."),
    summary("heddle_pool_run_seconds", "run", "From the start in a worker to the end there."),
    summary("heddle_pool_dispatch_seconds", "dispatch", "What handing over and back added."),
  ],
  group: [
    gauge("heddle_group_running_tasks", "running", "Tasks of the group that run."),
    gauge("heddle_group_waiting_tasks", "waiting", "Tasks behind the group's limit."),
    counter("heddle_group_spawned_total", "spawned", "Tasks started in the group."),
    counter(
      "heddle_group_restarted_total",
      "restarted",
      "Tasks of the group that were started again after a failure.",
    ),
    counter("heddle_group_tasks_total", "completed", GROUP_ENDED, outcome("ok")),
    counter("heddle_group_tasks_total", "failed", GROUP_ENDED, outcome("failed")),
    counter("heddle_group_tasks_total", "cancelled", GROUP_ENDED, outcome("cancelled")),
  ],
  channel: [
    gauge("heddle_channel_items", "size", "Items in the channel."),
    gauge("heddle_channel_capacity", "capacity", "Items the channel can hold."),
    gauge("heddle_channel_waiting", "senders", CHANNEL_WAITING, side("send")),
    gauge("heddle_channel_waiting", "receivers", CHANNEL_WAITING, side("receive")),
    counter("heddle_channel_items_total", "sent", CHANNEL_ITEMS, side("send")),
    counter("heddle_channel_items_total", "received", CHANNEL_ITEMS, side("receive")),
    counter("heddle_channel_missed_total", "missed", "Items a slow subscriber did not get."),
  ],
  lock: [
    gauge("heddle_lock_held", "held", "Guards (of a semaphore: permits) held now."),
    gauge("heddle_lock_waiting", "waiting", "Waits for the lock that have not ended."),
    counter("heddle_lock_acquired_total", "acquired", "Times the lock was acquired."),
    counter("heddle_lock_contended_total", "contended", "Times an acquire had to wait."),
    summary("heddle_lock_wait_seconds", "wait", "How long acquires waited."),
  ],
  // Two monitors of one thread see the same loop: what they say is the same twice, never a sum.
  loop: [
    summary("heddle_loop_delay_seconds", "delayTotal", "How late timers of the event loop ran.", MAX),
    counter("heddle_loop_active_seconds_total", "activeMs", "Time the event loop spent in callbacks.", {
      ...MAX,
      scale: 0.001,
    }),
    counter("heddle_loop_idle_seconds_total", "idleMs", "Time the event loop waited for something to do.", {
      ...MAX,
      scale: 0.001,
    }),
    counter("heddle_loop_blocked_total", "blocked", "Times the event loop was found blocked.", MAX),
  ],
};

/** Of the whole process, without labels; given on every collection. */
export function processMetrics(): Metric[] {
  const used = process.resourceUsage();
  return [
    {
      type: "counter",
      name: "heddle_process_cpu_seconds_total",
      help: "CPU time of all threads of the process.",
      samples: [
        { labels: { mode: "system" }, value: used.systemCPUTime / 1e6 },
        { labels: { mode: "user" }, value: used.userCPUTime / 1e6 },
      ],
    },
    {
      type: "counter",
      name: "heddle_process_context_switches_total",
      help: "Context switches of all threads of the process: voluntary ones wait, involuntary ones lost the CPU.",
      samples: [
        { labels: { kind: "involuntary" }, value: used.involuntaryContextSwitches },
        { labels: { kind: "voluntary" }, value: used.voluntaryContextSwitches },
      ],
    },
  ];
}
