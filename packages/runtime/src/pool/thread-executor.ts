import type { Executor, ExecutorCall, ExecutorStats } from "./executor.js";
import type { TaskPool } from "./handle-type.js";

/** What is needed of a pool, whatever its types. */
type AnyPool = Pick<TaskPool, "name" | "stats" | "close"> & {
  run(name: string, args?: readonly unknown[], options?: ExecutorCall): Promise<unknown>;
};

/** Runs tasks in the threads of a pool. The executor owns the pool: disposing it closes the pool. */
export function threadExecutor<M>(pool: TaskPool<M>): Executor {
  const any = pool as unknown as AnyPool;
  return {
    name: any.name,
    traits: Object.freeze({ isolated: true, parallel: true, cancel: "forced" }),
    // A call holds all that `run` takes as options; what else is in it, `run` does not look at.
    execute: async (call) => await any.run(call.name, call.args, call),
    stats(): ExecutorStats {
      const { running, queued, waiting, completed, failed, stopped } = any.stats();
      return Object.freeze({ running: running + queued + waiting, completed, failed, stopped });
    },
    [Symbol.asyncDispose]: () => any.close(),
  };
}
