/** Runs `batch(n)` until it has been timed for `ms` after a warm-up; ns per operation, the best of the batches. */
export async function nsPerOperation(batch, n, ms = 1_000) {
  for (const end = performance.now() + ms / 2; performance.now() < end; ) await batch(n);
  let best = Number.POSITIVE_INFINITY;
  for (const end = performance.now() + ms; performance.now() < end; ) {
    const start = performance.now();
    await batch(n);
    best = Math.min(best, ((performance.now() - start) * 1e6) / n);
  }
  return best;
}

/** Heap bytes held after a full collection. */
export async function heldBytes() {
  for (let round = 0; round < 4; round++) {
    globalThis.gc();
    await new Promise((done) => setImmediate(done));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
