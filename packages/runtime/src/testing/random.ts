/**
 * Numbers in [0, 1) that a seed fixes: xorshift with the triple (13, 17, 5) of Marsaglia, "Xorshift RNGs", 2003. Enough to pick
 * an order. Neighbouring seeds are first spread by a multiplication with 2^32 / golden ratio and a few idle steps.
 */
export function seeded(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let idle = 0; idle < 8; idle++) next();
  return next;
}
