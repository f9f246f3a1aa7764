export { checkpoint } from "./checkpoint.js";
export {
  type Configuration,
  configure,
  onReport,
  type Report,
  type ReportListener,
} from "./config.js";
export { current } from "./current.js";
export { group, openGroup, shield, timeout } from "./group.js";
export { type MapOptions, map } from "./map.js";
export { any, race } from "./race.js";
export { type RetryPolicy, retry } from "./retry.js";
export { sleep } from "./sleep.js";
export type {
  Backoff,
  Group,
  GroupOptions,
  GroupStats,
  OpenGroup,
  SpawnOptions,
  Task,
  TaskState,
} from "./types.js";
