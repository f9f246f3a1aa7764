/** Tries it, for a message that says which of several values it was: nothing cheaper knows. */
export function isCloneable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
