import type { LinePicture } from "@heddle/claims";

/** How one line of a picture is drawn, on the chart and in its key. */
export interface SeriesStyle {
  /** Its colour is the CSS variable of this name, and its class in the key is the same. */
  readonly colour: string;
  /** Its mark at measured points, by ECharts' name for it: colour is never the only sign. Null: a dashed line without. */
  readonly symbol: "circle" | "rect" | "triangle" | "diamond" | "emptyCircle" | null;
  /** Strokes and gaps of a line without marks, by its class in the key. */
  readonly dash: "solid" | "dashed" | "dotted";
}

/** As many colours as the style sheet has for measured lines. */
const COLOURS = 6;
const SYMBOLS = ["circle", "rect", "triangle"] as const;
/** More lines than these cannot be told apart. The data has them all. */
export const MOST_LINES = 8;
export const MOST_BARS = 40;
export const MOST_POINTS = 400;

/** Measured lines take colours in turn; what is claimed and what is cured have one of their own. */
export function seriesStyles(lines: LinePicture["lines"]): SeriesStyle[] {
  let measured = 0;
  let claimed = 0;
  let cures = 0;
  return lines.map(({ role, points }) => {
    // One point makes no line: what is claimed is then a hollow mark.
    if (role === "claimed" && points.length === 1)
      return { colour: role, symbol: "emptyCircle", dash: "solid" };
    if (role === "claimed")
      return { colour: role, symbol: null, dash: claimed++ % 2 === 0 ? "dashed" : "dotted" };
    if (role === "cure")
      return { colour: cures++ % 2 === 0 ? "cure" : "cure2", symbol: "diamond", dash: "solid" };
    const at = measured++;
    return { colour: `c${at % COLOURS}`, symbol: SYMBOLS[at % SYMBOLS.length] ?? "circle", dash: "solid" };
  });
}
