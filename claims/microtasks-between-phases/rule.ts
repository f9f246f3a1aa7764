import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

export type Drain = {
  /** A and B: two callbacks of one phase; p, t, n: the promise, the nextTick and the setImmediate that A left. */
  readonly timers: string;
  readonly immediates: string;
  readonly version: string;
};

/** Pure: a microtask that runs before the second callback of its phase did not wait for the end of the phase. */
export function decide({ timers, immediates, version }: Drain): Decision {
  const orders = [timers, immediates];
  const early = orders.filter((order) => before(order, "p", "B")).length;
  const measured = effect("of two phases, those in which a promise ran before the next callback", early);
  const why = `in Node ${version} a timer A that leaves a promise (p) and a nextTick (t), and a timer B of the same phase, run as ${timers}; two callbacks of setImmediate as ${immediates} (n: a setImmediate of A, so a later phase)`;
  if (!orders.every((order) => before(order, "B", "n"))) return undecided(why, measured);
  if (early === orders.length) return refuted(why, measured);
  if (early === 0) return confirmed(why, measured);
  return depends("the phase", why, measured);
}

function before(order: string, one: string, other: string): boolean {
  const seen = order.split(" ");
  return seen.includes(one) && seen.includes(other) && seen.indexOf(one) < seen.indexOf(other);
}
