const MANY = 1_000;

/**
 * How many standard errors a two-sided interval of this level reaches with so many degrees of freedom:
 * `tCritical(0.95, 4)` is 2.776. Degrees of freedom are cut to a whole number from 1 up, which errs on the wide side.
 */
export function tCritical(level: number, degrees: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`a level lies between 0 and 1, got ${level}`);
  const df = Math.min(MANY, Math.max(1, Math.floor(degrees)));
  let low = 0;
  let high = 1;
  while (within(high, df) < level && high < 1e9) high *= 2;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (within(middle, df) < level) low = middle;
    else high = middle;
  }
  return high;
}

/** P(|T| <= t): the finite sums for whole degrees of freedom, Abramowitz and Stegun 26.7.3 and 26.7.4. */
function within(t: number, df: number): number {
  const angle = Math.atan(t / Math.sqrt(df));
  const cosine = Math.cos(angle);
  const odd = df % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = df === 1 ? 0 : term;
  for (let power = odd ? 3 : 2; power <= df - 2; power += 2) {
    term *= ((power - 1) / power) * cosine * cosine;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
