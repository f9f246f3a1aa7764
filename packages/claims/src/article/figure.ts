import type { ClaimResult } from "../result/schema.js";

/** What differs between an article, a page and a terminal: how numbers are set, and what foreign text must not do. */
export interface Hand {
  figure(value: number): string;
  /** Harmless in its place, and no longer than `longest`. */
  text(foreign: string, longest: number): string;
}

/** The figure behind a verdict: `35.2 KB`, `memory of a parked thread`, `95 % interval 34.8 to 35.6, 3 runs`. */
export interface EffectWords {
  readonly amount: string;
  readonly name: string;
  readonly spread: string;
}

export function effectWords(claim: Pick<ClaimResult, "effect" | "runs">, hand: Hand): EffectWords | null {
  const { effect, runs } = claim;
  if (effect === null) return null;
  return {
    amount: withUnit(hand.figure(effect.value), hand.text(effect.unit, 24)),
    name: hand.text(effect.name, 300),
    spread: spread(effect.interval, runs, hand),
  };
}

function spread([low, high]: readonly [number, number], runs: number, { figure }: Hand): string {
  if (runs < 2) return "one run";
  if (low === high) return `the same in all ${runs} runs`;
  return `95 % interval ${figure(low)} to ${figure(high)}, ${runs} runs`;
}

/** `28 KB`, `31×`, `5`: the figure with its unit. */
export function withUnit(figure: string, unit: string): string {
  if (unit === "x" || unit === "×") return `${figure}×`;
  return unit === "" || unit.startsWith("/") ? `${figure}${unit}` : `${figure} ${unit}`;
}

/** `p99, ms`: what an axis shows; a unit that is the name stands once. */
export function axisWords(
  axis: { readonly name: string; readonly unit: string },
  text: Hand["text"],
): string {
  const parts = [text(axis.name, 60), axis.unit === axis.name ? "" : text(axis.unit, 24)];
  return parts.filter((part) => part !== "").join(", ");
}

/** ` (claimed)` or ` (corrected)`, to stand behind a name that does not say so itself. */
export function roleWords(name: string, role: "claimed" | "cure" | undefined): string {
  if (role === undefined) return "";
  const word = role === "claimed" ? "claimed" : "corrected";
  return name.toLowerCase().includes(word) ? "" : ` (${word})`;
}
