/** `performance.now()` starts anew in each thread; the monotonic clock under it is one. This is the distance between the two. */
const OFFSET = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** A time of `performance.now()` of this thread, as milliseconds that all threads of the process share. */
export function shareTime(ms: number): number {
  return ms + OFFSET;
}

/** Milliseconds that all threads share, as a time of `performance.now()` of this thread. */
export function ownTime(ms: number): number {
  return ms - OFFSET;
}
