/** A seeded source of chance: the same seed gives the same numbers on every platform. Not for secrets. */
export interface Random {
  /** The next number in [0, 1), with 53 random bits. */
  next(): number;
  /** A whole number in [0, below). */
  int(below: number): number;
  /** A shuffled copy (Fisher-Yates); the input stays as it is. */
  shuffle<T>(items: readonly T[]): T[];
}

/**
 * xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021), its four words of state
 * filled from the seed by splitmix32, so that neighbouring seeds give unrelated streams.
 */
export function random(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a whole number, got ${seed}`);
  const high = Math.floor(seed / 2 ** 32) | 0;
  const mix = splitmix32((seed | 0) ^ Math.imul(high, 0x9e3779b1));
  let a = mix();
  let b = mix();
  let c = mix();
  let d = mix() | 1; // all four words zero would stay zero for ever

  function word(): number {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  }

  function next(): number {
    const high27 = word() >>> 5;
    const low26 = word() >>> 6;
    return (high27 * 2 ** 26 + low26) / 2 ** 53;
  }

  // Scaling instead of rejecting: the bias is below 2^-53 * below, far under what any of our samples could show.
  function int(below: number): number {
    if (!(Number.isSafeInteger(below) && below > 0)) {
      throw new RangeError(`below must be a whole number from 1 up, got ${below}`);
    }
    return Math.floor(next() * below);
  }

  function shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = int(last + 1);
      const moved = shuffled[last] as T;
      shuffled[last] = shuffled[other] as T;
      shuffled[other] = moved;
    }
    return shuffled;
  }

  return { next, int, shuffle };
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
}
