import { median } from "@heddle/lab";

/** Least squares: what one more of x adds to y. Pages come by the arena, so two points alone would be off by one. */
export function slope(xs: readonly number[], ys: readonly number[]): number {
  const meanX = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const meanY = ys.reduce((sum, y) => sum + y, 0) / ys.length;
  let across = 0;
  let spread = 0;
  xs.forEach((x, at) => {
    across += (x - meanX) * ((ys[at] ?? meanY) - meanY);
    spread += (x - meanX) ** 2;
  });
  return across / spread;
}

/**
 * The median of the steps from nothing through all values, and no less than 0: for the kernel's figures, which belong
 * to the whole system. A burst of somebody else spoils one step, while a slope would carry it on.
 */
export function typicalStep(xs: readonly number[], ys: readonly number[]): number {
  const steps = xs.map((x, at) => ((ys[at] ?? 0) - (ys[at - 1] ?? 0)) / (x - (xs[at - 1] ?? 0)));
  return Math.max(0, median(steps));
}
