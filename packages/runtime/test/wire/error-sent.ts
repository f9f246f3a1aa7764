import assert from "node:assert/strict";
import { packError, unpackError } from "../../src/wire/error.js";

/** What the other side gets. */
export function sent(thrown: unknown, callSite?: string): unknown {
  return unpackError(structuredClone(packError(thrown)), callSite);
}

export function sentError(thrown: unknown, callSite?: string): Error & Record<string, unknown> {
  const result = sent(thrown, callSite);
  assert.ok(result instanceof Error);
  return result as Error & Record<string, unknown>;
}
