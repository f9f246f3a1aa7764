/** What a task knows about itself. */
export interface TaskContext {
  /** Aborts when the caller cancels or the deadline passes; synchronous code may poll `signal.aborted`. */
  readonly signal: AbortSignal;
  /** Epoch milliseconds, or undefined when the call has none. */
  readonly deadline: number | undefined;
  /** Values of the AsyncLocalStorages that the pool was told to carry, as they were where the call was made. */
  readonly carried: Readonly<Record<string, unknown>>;
  /** Gives a value to the caller's `onProgress`; nothing when it has none. */
  progress(value: unknown): void;
}

/** Finds the running task of this thread. One per thread: the pool's loop in a worker, inline calls on the host. */
let find: () => TaskContext | undefined = () => undefined;

export function provideContext(finder: () => TaskContext | undefined): void {
  const before = find;
  find = () => finder() ?? before();
}

/** The task that is running. @throws Error outside of a task. */
export function task(): TaskContext {
  const found = find();
  if (found === undefined) {
    throw new Error(
      "task() was called outside of a task: call it in a function that a pool runs, before that function has ended",
    );
  }
  return found;
}
