/** Work that several callers may want at once; see `shareWork`. */
export type Shared<T> = (
  key: string,
  work: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
) => Promise<T>;

/**
 * Runs work of one key once at a time for all who ask meanwhile. A caller who aborts leaves; the work itself is
 * aborted when the last one has left, and that last one waits until it has ended: nothing runs behind its back.
 */
export function shareWork<T>(): Shared<T> {
  interface Job {
    readonly result: Promise<T>;
    readonly abort: AbortController;
    callers: number;
  }
  const jobs = new Map<string, Job>();

  function begin(key: string, work: (signal: AbortSignal) => Promise<T>): Job {
    const abort = new AbortController();
    const result = work(abort.signal).finally(() => {
      if (jobs.get(key) === job) jobs.delete(key);
    });
    const job: Job = { result, abort, callers: 0 };
    jobs.set(key, job);
    return job;
  }

  return async (key, work, signal) => {
    signal?.throwIfAborted();
    const job = jobs.get(key) ?? begin(key, work);
    job.callers += 1;
    if (signal === undefined) return job.result;

    let leave = () => {};
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        job.callers -= 1;
        if (job.callers > 0) return reject(signal.reason);
        if (jobs.get(key) === job) jobs.delete(key); // one who asks from now on must not join a dying job
        job.abort.abort(signal.reason);
      };
    });
    signal.addEventListener("abort", leave, { once: true });
    try {
      return await Promise.race([job.result, left]);
    } finally {
      signal.removeEventListener("abort", leave);
    }
  };
}
