import { mean, median, variance } from "./median.js";
import { random } from "./random.js";
import { tCritical } from "./student.js";

/** A stretch of a series on one level; it ends where the next begins. */
export interface Level {
  readonly from: number;
  /** Median of the stretch. */
  readonly value: number;
}

const PERMUTATIONS = 399;
const SIGNIFICANT = 0.03;
const HEAD_LEVEL = 0.998;
const MOST_LEVELS = 8;
const LONGEST = 600;

/**
 * Cuts a series into levels. Two rules, because a changepoint in ten points is not one in a thousand:
 *
 * 1. A split is real if the gap between the means of its two sides, weighted by their lengths (the CUSUM statistic),
 *    is larger than in 97 % of random orders of the same points. Applied again to each side, as in the hierarchical
 *    divisive estimation of Matteson and James (JASA 2014). The test assumes no distribution, so spikes do not fool it.
 * 2. The first points alone, too few for the first rule, are a level of their own if each of them lies outside
 *    Student's 99.8 % prediction interval of all the later ones.
 *
 * Both work on logarithms (on plain values when there are zeros). The points are assumed independent: a slow swing
 * within a flat run can look like levels, which is why `steadiness` ignores levels closer than 5 %.
 * Deterministic; at most eight levels; a series of more than 600 points is looked at in 600 medians. O(n) per order.
 */
export function levels(series: readonly number[]): Level[] {
  const width = Math.ceil(series.length / LONGEST);
  const points = width === 1 ? [...series] : chunks(series, width).map(median);
  const scaled = points.every((value) => value > 0) ? points.map(Math.log) : points;
  const head = headLength(scaled);
  const starts = head > 0 ? [0, head] : [0];
  split(scaled, head, scaled.length, starts);
  starts.sort((a, b) => a - b);
  return starts.map((from, index) => {
    const value = median(points.slice(from, starts[index + 1] ?? points.length));
    return { from: from * width, value };
  });
}

function split(values: readonly number[], from: number, to: number, starts: number[]): void {
  if (starts.length >= MOST_LEVELS || to - from < 4) return;
  const part = values.slice(from, to);
  const found = bestSplit(part);
  if (found.gap === 0 || !isSignificant(part, found.gap)) return;
  const at = from + found.at;
  starts.push(at);
  split(values, from, at, starts);
  split(values, at, to, starts);
}

/** The split with the largest weighted gap between the means; each side has at least two points. */
function bestSplit(values: readonly number[]): { readonly at: number; readonly gap: number } {
  const count = values.length;
  const centre = mean(values);
  let best = { at: 0, gap: 0 };
  let sum = 0;
  for (let at = 1; at <= count - 2; at += 1) {
    sum += (values[at - 1] ?? 0) - centre;
    const gap = (sum * sum * count) / (at * (count - at));
    if (at >= 2 && gap > best.gap) best = { at, gap };
  }
  return best;
}

function isSignificant(values: readonly number[], gap: number): boolean {
  const chance = random(values.length);
  const allowed = Math.ceil(SIGNIFICANT * (PERMUTATIONS + 1)) - 1;
  const order = [...values];
  let asLarge = 0;
  for (let round = 0; round < PERMUTATIONS && asLarge <= allowed; round += 1) {
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = chance.int(last + 1);
      const kept = order[last] ?? 0;
      order[last] = order[other] ?? 0;
      order[other] = kept;
    }
    // The tolerance counts orders that are equal but for rounding as equal.
    if (bestSplit(order).gap >= gap * (1 - 1e-9)) asLarge += 1;
  }
  return asLarge <= allowed;
}

/** How many of the first points (at most a third of all) stand apart from everything after them. */
function headLength(values: readonly number[]): number {
  for (let head = Math.floor(values.length / 3); head > 0; head -= 1) {
    const rest = values.slice(head);
    if (rest.length < 4) continue;
    const reach = tCritical(HEAD_LEVEL, rest.length - 1) * Math.sqrt(variance(rest) * (1 + 1 / rest.length));
    const centre = mean(rest);
    if (values.slice(0, head).every((value) => Math.abs(value - centre) > reach + 1e-12)) return head;
  }
  return 0;
}

function chunks(series: readonly number[], width: number): number[][] {
  const count = Math.ceil(series.length / width);
  return Array.from({ length: count }, (_, index) => series.slice(index * width, (index + 1) * width));
}
