import { createHash } from "node:crypto";

/** The body after `rounds` of xorshift32, in arithmetic that cannot overflow: not the way any model does it. */
export function expectedBody(rounds: number): string {
  const modulus = 2n ** 32n;
  let x = 2463534242n;
  for (let i = 0; i < rounds; i++) {
    x = (x ^ (x * 2n ** 13n)) % modulus;
    x = x ^ (x / 2n ** 17n);
    x = (x ^ (x * 2n ** 5n)) % modulus;
  }
  return `sum=${x.toString(16).padStart(8, "0")}\n`;
}

/** SHA-256 of the buffer every model hashes. */
export function expectedDigest(bytes: number): string {
  const buffer = Uint8Array.from({ length: bytes }, (_, i) => (i * 31 + 7) % 256);
  return createHash("sha256").update(buffer).digest("hex");
}
