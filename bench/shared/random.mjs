/** Mulberry32: a seeded source of numbers in [0, 1), good enough for orders and arrivals. Neighbouring seeds differ. */
export function random(seed) {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A shuffled copy (Fisher-Yates). */
export function shuffle(items, chance) {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(chance() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
  }
  return shuffled;
}

/** Moments of a Poisson process up to `untilMs`: gaps are exponential with mean 1000 / perS. */
export function arrivals(perS, untilMs, chance) {
  const moments = [];
  for (let at = gap(); at < untilMs; at += gap()) moments.push(at);
  return moments;

  function gap() {
    return (-Math.log(1 - chance()) * 1_000) / perS;
  }
}
