let random: () => number = Math.random;

/**
 * The random numbers (from 0, below 1) that choose among the ready cases of a `select`. A seeded scheduler puts its own here, so that
 * a run can be repeated; without argument, `Math.random` comes back.
 */
export function setChance(next: () => number = Math.random): void {
  random = next;
}

/** True once in `n` times. */
export function oneIn(n: number): boolean {
  return n === 1 || random() * n < 1;
}
