import type { Decision, Effect } from "./claim.js";

export const confirmed = (why: string, effect: Effect): Decision => ({ verdict: "confirmed", why, effect });
export const refuted = (why: string, effect: Effect): Decision => ({ verdict: "refuted", why, effect });
export const undecided = (why: string, effect: Effect): Decision => ({ verdict: "undecided", why, effect });
export const depends = (on: string, why: string, effect: Effect): Decision => ({
  verdict: "depends",
  on,
  why,
  effect,
});

export const effect = (name: string, value: number, unit = ""): Effect => ({ name, value, unit });
