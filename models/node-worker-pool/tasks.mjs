import { now } from "../shared/node/clock.mjs";
import { fill, sha256 } from "../shared/node/hash.mjs";
import { kernel } from "../shared/node/kernel.mjs";

let buffer = fill(0);

export const compute = (rounds) => kernel(rounds);

/** The buffer is the same for all tasks of a workload: filled once per thread. */
export function hash(bytes) {
  if (buffer.length !== bytes) buffer = fill(bytes);
  const began = now();
  const digest = sha256(buffer);
  return { digest, insideMs: now() - began };
}
