import { WorkerDiedError } from "../error/errors.js";

/** The error of a task whose worker ended. `running` are the names of all tasks that it took with it. */
export function workerDied(
  pool: string,
  task: string,
  running: readonly string[],
  exitCode: number,
  error: unknown,
): WorkerDiedError {
  const why = whyItDied(pool, task, exitCode, error);
  return new WorkerDiedError(why, exitCode, running, error === undefined ? undefined : { cause: error });
}

/** What happened, to whom, and what to do about it. */
function whyItDied(pool: string, task: string, exitCode: number, error: unknown): string {
  const what = `a worker of ${pool} ended while it ran ${task}`;
  if (error === undefined) return `${what}: exit code ${exitCode}; a task must not call process.exit`;
  if (codeOf(error) === "ERR_WORKER_OUT_OF_MEMORY") {
    return `${what}: it ran out of memory; raise resourceLimits.maxOldGenerationSizeMb, or give it less at a time`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return `${what}: something outside of the task's own promise was thrown: ${message}`;
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}
