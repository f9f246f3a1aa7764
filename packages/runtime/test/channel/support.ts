import { setImmediate as turn } from "node:timers/promises";

/** What a promise has come to, without waiting for it. */
export interface Watched {
  outcome: { readonly value: unknown } | { readonly error: unknown } | undefined;
}

export function watched(promise: Promise<unknown>): Watched {
  const seen: Watched = { outcome: undefined };
  promise.then(
    (value) => {
      seen.outcome = { value };
    },
    (error: unknown) => {
      seen.outcome = { error };
    },
  );
  return seen;
}

/** Every wake-up that is due has happened after this. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await turn();
}
