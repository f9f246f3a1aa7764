import { createHash } from "node:crypto";
import { task } from "@heddle/runtime/worker";

/**
 * SHA-256 over its own result again and again: a stretched hash that is meant to be slow.
 * @param {string} secret
 * @param {number} rounds
 */
export function stretch(secret, rounds) {
  let digest = createHash("sha256").update(secret).digest();
  for (let round = 1; round < rounds; round++) {
    // Seen although this loop never awaits: a client that has left costs a few more rounds, not all of them.
    if (round % 1_000 === 0) task().signal.throwIfAborted();
    digest = createHash("sha256").update(digest).digest();
  }
  return digest.toString("hex");
}
