import { workerData } from "piscina";
import { now } from "../shared/node/clock.mjs";
import { fill, sha256 } from "../shared/node/hash.mjs";
import { kernel } from "../shared/node/kernel.mjs";

const buffer = fill(workerData.bytes);

export const compute = (rounds) => kernel(rounds);

export function hash() {
  const began = now();
  const digest = sha256(buffer);
  return { digest, insideMs: now() - began };
}
