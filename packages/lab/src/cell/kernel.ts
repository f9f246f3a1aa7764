/** Body that a model answers after `rounds` rounds of the 32-bit xorshift of docs/models.md. */
export function kernelBody(rounds: number): string {
  let x = 2463534242 | 0;
  for (let i = 0; i < rounds; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  return `sum=${(x >>> 0).toString(16).padStart(8, "0")}\n`;
}
