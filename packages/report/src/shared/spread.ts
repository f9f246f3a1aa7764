/** Labels that had to be moved together: they stand one below the other around the middle of where they wanted to be. */
interface Cluster {
  readonly wanted: number[];
  /** Where the first of them stands. */
  start: number;
}

/**
 * Moves labels of one column apart until none covers another: how far each goes down (negative: up), in pixels.
 * They keep their order, move as little as possible together, and stay within `top` and `bottom` while there is room.
 */
export function spread(wanted: readonly number[], apart: number, top: number, bottom: number): number[] {
  const order = wanted.map((y, at) => ({ y, at })).toSorted((a, b) => a.y - b.y);
  const clusters: Cluster[] = [];
  for (const { y } of order) {
    clusters.push({ wanted: [y], start: Math.min(Math.max(y, top), bottom) });
    for (;;) {
      const last = clusters.at(-1);
      const before = clusters.at(-2);
      if (
        last === undefined ||
        before === undefined ||
        before.start + before.wanted.length * apart <= last.start
      )
        break;
      clusters.splice(-2, 2, merged(before, last, apart, top, bottom));
    }
  }
  const placed = clusters.flatMap((cluster) => cluster.wanted.map((_, nth) => cluster.start + nth * apart));
  const moves = wanted.map(() => 0);
  order.forEach(({ y, at }, place) => {
    moves[at] = (placed[place] ?? y) - y;
  });
  return moves;
}

function merged(above: Cluster, below: Cluster, apart: number, top: number, bottom: number): Cluster {
  const wanted = [...above.wanted, ...below.wanted];
  const best = wanted.reduce((sum, y, nth) => sum + y - nth * apart, 0) / wanted.length;
  return { wanted, start: Math.max(top, Math.min(best, bottom - (wanted.length - 1) * apart)) };
}

/** Where a value stands between two ends of a logarithmic axis: 0 at the upper end, 1 at the lower. */
export function depth(value: number, min: number, max: number): number {
  return 1 - Math.log(value / min) / Math.log(max / min);
}
