export { pool } from "./handle.js";
export type { TaskPool, TaskStream } from "./handle-type.js";
export type { MapOptions as PoolMapOptions } from "./map.js";
export type { PoolOptions, RunOptions } from "./options.js";
export type { PoolStats } from "./stats.js";
export type {
  NotCloneable,
  StreamName,
  TaskArgs,
  TaskItem,
  TaskName,
  TaskResult,
  UntypedModule,
} from "./types.js";
