export type { InlineFunctionStats, InlineStats } from "./auto.js";
export type {
  Executor,
  ExecutorCall,
  ExecutorStats,
  ExecutorTraits,
} from "./executor.js";
export { pool } from "./handle.js";
export type { TaskPool, TaskStream } from "./handle-type.js";
export { type InlineModule, inlineExecutor } from "./inline-executor.js";
export { type Layer, layered } from "./layer.js";
export { withLimit } from "./layer-limit.js";
export { withRetry } from "./layer-retry.js";
export { withTimeout } from "./layer-timeout.js";
export type { MapOptions as PoolMapOptions } from "./map.js";
export type { PoolOptions, RunOptions } from "./options.js";
export type { PoolStats, WorkerStats } from "./stats.js";
export type { Durations } from "./stats-meter.js";
export { threadExecutor } from "./thread-executor.js";
export type {
  NotCloneable,
  StreamName,
  TaskArgs,
  TaskItem,
  TaskName,
  TaskResult,
  UntypedModule,
} from "./types.js";
