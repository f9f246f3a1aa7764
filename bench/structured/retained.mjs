import { heldBytes } from "./loop.mjs";

const N = 100_000;

/** Bytes that one `once()` leaves behind, after a first round that fills caches. */
export async function retained(once) {
  for (let i = 0; i < N; i++) await once(i);
  const before = await heldBytes();
  for (let i = 0; i < N; i++) await once(i);
  return Math.max(0, (await heldBytes()) - before) / N;
}

export const retainedTarget = { words: "<= 1 byte", holds: (bytes) => bytes <= 1 };
