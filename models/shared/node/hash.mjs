import { createHash } from "node:crypto";
import { now, rounded } from "./clock.mjs";

/** Fills and returns `target`, or a new buffer of `bytes`: byte i is (i * 31 + 7) & 255. */
export function fill(bytes, target = new Uint8Array(bytes)) {
  for (let i = 0; i < bytes; i++) target[i] = (i * 31 + 7) & 255;
  return target;
}

export const sha256 = (buffer) => createHash("sha256").update(buffer).digest("hex");

/** Median of five hashes, one after another on this thread. */
export function singleMs(buffer) {
  const times = Array.from({ length: 5 }, () => {
    const start = now();
    sha256(buffer);
    return now() - start;
  });
  return rounded(times.sort((a, b) => a - b)[2]);
}
