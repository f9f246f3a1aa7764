const offset = measureOffset();

/**
 * Milliseconds of the machine's monotonic clock: the same in every thread and process, unlike `performance.now()`, and
 * without the BigInt that `process.hrtime.bigint()` allocates on every call.
 */
export function monotonicMs(): number {
  return performance.now() + offset;
}

/** The best of many readings: one may be interrupted between its two clocks. */
function measureOffset(): number {
  let shortest = Number.POSITIVE_INFINITY;
  let best = 0;
  for (let attempt = 0; attempt < 100; attempt++) {
    const before = performance.now();
    const absolute = Number(process.hrtime.bigint()) / 1e6;
    const after = performance.now();
    if (after - before >= shortest) continue;
    shortest = after - before;
    best = absolute - (before + after) / 2;
  }
  return best;
}
