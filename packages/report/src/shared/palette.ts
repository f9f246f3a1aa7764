import type { CompareResult } from "@heddle/lab";

/** How one model is drawn, everywhere: its language's hue, a shade and a dash of its own within it. */
export interface ModelStyle {
  readonly model: string;
  readonly language: string;
  /** Number of the model in this report: its CSS classes are `m0`, `m1`... */
  readonly index: number;
  /** Place among the models of its language. */
  readonly shade: number;
  readonly dash: readonly number[];
  readonly light: string;
  readonly dark: string;
}

/**
 * One hue per language, chosen to stay apart under the common colour blindnesses (after Okabe and Ito, darkened
 * for paper and lightened for night until each has at least 3:1 to its ground). Colour is never the only sign:
 * models of one language differ by shade and dash, and every line is labelled.
 */
const HUES: Readonly<Record<string, { readonly light: string; readonly dark: string }>> = {
  node: { light: "#00805f", dark: "#2fc296" },
  python: { light: "#1f5fae", dark: "#6ea8ee" },
  "python-free-threaded": { light: "#4b3fb3", dark: "#a39bf2" },
  go: { light: "#1d86bb", dark: "#7fd4fb" },
  rust: { light: "#c4500a", dark: "#f2894a" },
  java: { light: "#ab4583", dark: "#e292c0" },
  bun: { light: "#967000", dark: "#e5b93c" },
  deno: { light: "#68717d", dark: "#aab4c0" },
};
/** The user's own programs and servers: ink, the strongest line. */
const OWN = { light: "#3a4150", dark: "#d4d8df" };

/** Lengths of strokes and gaps, by place within the language; the style sheet has the same for swatches. */
export const DASHES: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [2, 3],
  [10, 3, 2, 3],
  [14, 4],
  [5, 2, 1, 2, 1, 2],
];
/** How far a hue is mixed with white (positive) or black (negative), by place within the language. */
const SHADES = {
  light: [0, -0.32, 0.06, -0.56, -0.16, -0.44],
  dark: [0, -0.2, 0.45, -0.32, 0.22, 0.65],
} as const;

/** A style for every model of the result, in the order of its list; equal for equal results. */
export function modelStyles(result: CompareResult): ModelStyle[] {
  const languages = new Map<string, string>();
  for (const entry of result.models) languages.set(entry.name, entry.language);
  for (const cell of result.cells) if (!languages.has(cell.model)) languages.set(cell.model, cell.language);
  const seen = new Map<string, number>();
  return [...languages].map(([model, language], index) => {
    const shade = seen.get(language) ?? 0;
    seen.set(language, shade + 1);
    const hue = Object.hasOwn(HUES, language) ? (HUES[language] ?? OWN) : OWN;
    return {
      model,
      language,
      index,
      shade,
      dash: DASHES[shade % DASHES.length] ?? [],
      light: shaded(hue.light, SHADES.light[shade % SHADES.light.length] ?? 0),
      dark: shaded(hue.dark, SHADES.dark[shade % SHADES.dark.length] ?? 0),
    };
  });
}

function shaded(from: string, by: number): string {
  const to = by > 0 ? "#ffffff" : "#000000";
  const amount = Math.abs(by);
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const parts = [1, 3, 5].map((at) =>
    Math.round(channel(from, at) * (1 - amount) + channel(to, at) * amount)
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${parts.join("")}`;
}
