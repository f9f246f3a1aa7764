/** The 32-bit xorshift that every language computes: plain code on purpose. */
export function kernel(rounds) {
  let x = 2463534242 | 0;
  for (let i = 0; i < rounds; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  return x >>> 0;
}

export const body = (value) => `sum=${value.toString(16).padStart(8, "0")}\n`;
