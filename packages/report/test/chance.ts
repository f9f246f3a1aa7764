/** A repeatable stand-in for chance: no test may depend on luck. */
export function wobble(seed: number): number {
  const x = Math.sin(seed * 12.9898) * 43_758.5453;
  return x - Math.floor(x);
}

/** As long as a compressed histogram of a run, and as dense. */
export function histogram(seed: number): string {
  const bytes = Array.from({ length: 240 }, (_, at) => Math.floor(wobble(seed * 1_000 + at) * 256));
  return Buffer.from(bytes).toString("base64");
}
