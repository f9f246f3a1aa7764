import { pbkdf2Sync } from "node:crypto";

/** Native code, so that a fresh thread is not charged for a cold compiler. */
export function derive(iterations) {
  return pbkdf2Sync("secret", "salt", iterations, 32, "sha256").toString("hex");
}
