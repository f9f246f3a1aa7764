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
