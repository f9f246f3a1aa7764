/** The q-quantile (nearest rank) of numbers in any order; NaN of none. */
export function quantile(values, q) {
  const sorted = Float64Array.from(values).sort();
  return sorted.length === 0 ? Number.NaN : sorted[Math.max(Math.ceil(q * sorted.length) - 1, 0)];
}

/** The mean of the middle two when there is no middle. */
export function median(values) {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
