/** `performance.now()` starts anew in each thread; the monotonic clock under it is one. This is the distance between the two. */
const OFFSET = distance();

/** Of several looks at both the one that took the shortest: a thread that starts is often interrupted between two lines. */
function distance(): number {
  let best = 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (let look = 0; look < 16; look++) {
    const before = performance.now();
    const shared = Number(process.hrtime.bigint()) / 1e6;
    const after = performance.now();
    if (after - before >= shortest) continue;
    shortest = after - before;
    best = shared - (before + after) / 2;
  }
  return best;
}

/** A time of `performance.now()` of this thread, as milliseconds that all threads of the process share. */
export function shareTime(ms: number): number {
  return ms + OFFSET;
}

/** Milliseconds that all threads share, as a time of `performance.now()` of this thread. */
export function ownTime(ms: number): number {
  return ms - OFFSET;
}
