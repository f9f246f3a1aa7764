import { AsyncLocalStorage } from "node:async_hooks";
import { NotCloneableError } from "../error/errors.js";
import { provideContext, type TaskContext } from "../wire/context.js";
import { packError, unpackError } from "../wire/error.js";
import { ownBytes } from "../wire/own-bytes.js";
import { Moved } from "../wire/transfer.js";

export type Run = (...args: unknown[]) => unknown;

/** The context of an asynchronous task outlives its first step. A synchronous one does without: a store costs 0.2 us. */
const awaited = new AsyncLocalStorage<TaskContext>();
let synchronous: TaskContext | undefined;
let provided = false;

/** The finder of this thread is put in place by the first task that runs here: a program without one keeps its own. */
function provide(): void {
  if (provided) return;
  provided = true;
  provideContext(() => synchronous ?? awaited.getStore());
}

/** Calls a task on this thread; until it returns, `task()` gives `context`. What comes after an `await` in it has none. */
export function callSync(run: Run, args: readonly unknown[], context: TaskContext): unknown {
  provide();
  const before = synchronous;
  synchronous = context;
  try {
    return run(...args);
  } finally {
    synchronous = before;
  }
}

/** The same for a task that may be asynchronous: `task()` gives `context` in all of it. */
export function callAsync(run: Run, args: readonly unknown[], context: TaskContext): unknown {
  provide();
  return awaited.run(context, () => run(...args));
}

/** A result as it would arrive from a thread: a copy that shares no memory with what the task keeps. @throws NotCloneableError */
export function resultOf(task: string, value: unknown): unknown {
  if (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol") return value;
  if (value === null) return value;
  try {
    if (value instanceof Moved) return structuredClone(value.value, { transfer: [...value.list] });
    return structuredClone(ownBytes(value));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NotCloneableError("the result", task, why, { cause: error });
  }
}

/** What a task threw, as it would arrive from a thread. */
export function errorOf(thrown: unknown): unknown {
  return unpackError(packError(thrown));
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  );
}
