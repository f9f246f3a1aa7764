export * from "./channel/index.js";
export { HeddleError, type HeddleErrorCode, isHeddleError } from "./error/base.js";
export {
  BadOptionError,
  CancelError,
  ChannelClosedError,
  ClosedError,
  DeadlockError,
  NotCloneableError,
  OwnerDiedError,
  QueueFullError,
  TaskLoadError,
  TimeoutError,
  type WaitEdge,
  WorkerDiedError,
} from "./error/errors.js";
export * from "./group/index.js";
export * from "./lock/index.js";
// The ones of lock/ name the wait-for graph as well; without this line the two folders would cancel each other out.
export { configure, onReport } from "./lock/reports.js";
export * from "./metrics/index.js";
export * from "./pool/index.js";
