/**
 * The buckets of a histogram: log-linear, 64 per power of two, so that a bucket is at most 1/64 of its value wide
 * (the scheme of HdrHistogram, G. Tene). Below 128 ns every nanosecond has its own.
 *
 * ```
 *   ns    0 .. 127   128 .. 255    256 .. 511   ...
 *   width     1           2             4
 *   index  0 .. 127   128 .. 191    192 .. 255  ...
 * ```
 */
export const BUCKETS = 2752;

/** A day, in nanoseconds: the largest value kept as it is. */
export const MAX_NS = 86_400_000_000_000;

const TWO_32 = 4_294_967_296;
const TWO_16 = 65_536;

/** The bucket of a value from 0 to MAX_NS. Integer arithmetic only reaches 2^32, hence the second scale. */
export function bucketOf(ns: number): number {
  if (ns < TWO_32) {
    const value = ns >>> 0;
    const shift = 25 - Math.clz32(value | 64);
    return (shift << 6) + (value >>> shift);
  }
  const value = (ns / TWO_16) >>> 0;
  const shift = 25 - Math.clz32(value | 64);
  return 1024 + (shift << 6) + (value >>> shift);
}

/** The first value beyond a bucket. */
export function upperEdge(index: number): number {
  if (index < 128) return index + 1;
  const shift = (index >>> 6) - 1;
  return (index - (shift << 6) + 1) * 2 ** shift;
}
