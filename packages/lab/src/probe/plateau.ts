/** One sample: when (ms) and how much (MB). */
export interface Level {
  readonly at: number;
  readonly mb: number;
}

/**
 * The level a program holds under load: the time-weighted mean between the first and the last sample that reach 90 %
 * of the way from the lowest to the highest. That cuts off the climb and the fall of a burst, and averages over the
 * saw teeth of a garbage collector, which a mean over the highest samples alone would take for its tips.
 *
 * If that stretch is shorter than a quarter of the time, it is a spike rather than a plateau: then the second half
 * of the time counts. (The second half alone was rejected as the rule: tasks that end early pull it down.)
 */
export function plateauOf(levels: readonly Level[]): { from: number; to: number } {
  const first = levels[0];
  const last = levels.at(-1);
  if (first === undefined || last === undefined) return { from: 0, to: 0 };
  let lowest = first.mb;
  let highest = first.mb;
  for (const { mb } of levels) {
    lowest = Math.min(lowest, mb);
    highest = Math.max(highest, mb);
  }
  const high = lowest + 0.9 * (highest - lowest);
  const from = levels.find(({ mb }) => mb >= high)?.at ?? first.at;
  const to = levels.findLast(({ mb }) => mb >= high)?.at ?? last.at;
  const whole = last.at - first.at;
  return to - from >= whole / 4 ? { from, to } : { from: first.at + whole / 2, to: last.at };
}

/**
 * Mean of a value over the samples within `[from, to]`, each weighted by the time to its neighbours there: the
 * interval between samples is stretched when sampling is dear, and dense stretches must not count more.
 */
export function meanBetween<T extends { at: number }>(
  samples: readonly T[],
  { from, to }: { from: number; to: number },
  value: (sample: T) => number,
): number {
  const inside = samples.filter(({ at }) => at >= from && at <= to);
  let sum = 0;
  let weight = 0;
  for (const [index, sample] of inside.entries()) {
    const before = inside[index - 1]?.at ?? sample.at;
    const after = inside[index + 1]?.at ?? sample.at;
    const share = inside.length === 1 ? 1 : (after - before) / 2;
    sum += share * value(sample);
    weight += share;
  }
  return weight === 0 ? Number.NaN : sum / weight;
}
