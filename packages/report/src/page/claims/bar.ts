import { isolated } from "../../shared/text.js";
import type { Place } from "../chart/marks.js";
import type { Look } from "../look.js";

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly role: "claimed" | "cure" | "measured";
  readonly label: string;
}

interface Drawing {
  readonly log: boolean;
  readonly above: boolean;
  readonly look: Look;
}

/** Half of what a bar is high, and how far below the middle of its row it lies when its name stands above. */
const HALF = 7;
const BELOW = 9;
/** A bar too short to be seen is still drawn. */
const LEAST = 2;

/** What is claimed is an outline, since nobody measured it; what is measured is filled. */
export function bar(rows: readonly Row[], { log, above, look }: Drawing) {
  return {
    type: "custom" as const,
    data: rows.map(({ value }, at) => [log && value <= 0 ? null : value, at]),
    renderItem: (params: { dataIndex: number; coordSys: unknown }, place: Place) => {
      const row = rows[params.dataIndex];
      if (row === undefined) return null;
      const { x: left = 0 } = params.coordSys as { x?: number };
      const [end = left, middle = 0] = place.coord([row.value, params.dataIndex]);
      const foot = log ? left : (place.coord([0, params.dataIndex])[0] ?? left);
      const tip = log && row.value <= 0 ? left : end;
      const y = middle + (above ? BELOW : 0);
      const width = Math.max(LEAST, Math.abs(tip - foot));
      return {
        type: "group" as const,
        children: [
          {
            type: "rect" as const,
            shape: { x: Math.min(foot, tip), y: y - HALF, width, height: HALF * 2, r: 2 },
            style: styleOf(row.role, log, look),
          },
          text(row.label, Math.max(foot, tip, left) + 7, y, look, 600),
          ...(above ? [text(row.name, left, y - HALF - 9, look, 400)] : []),
        ],
      };
    },
  };
}

function styleOf(role: Row["role"], log: boolean, look: Look) {
  const colour = look.colour(role === "measured" ? "c0" : role);
  if (role === "claimed")
    return { fill: fading(colour, log, 0.14), stroke: colour, lineWidth: 1.3, lineDash: [4, 3] };
  return { fill: fading(colour, log, 1) };
}

function fading(colour: string, log: boolean, opacity: number) {
  const at = (offset: number, share: number) => ({ offset, color: clear(colour, opacity * share) });
  if (!log) return clear(colour, opacity);
  return {
    type: "linear" as const,
    x: 0,
    y: 0,
    x2: 1,
    y2: 0,
    colorStops: [at(0, 0.12), at(0.5, 1), at(1, 1)],
  };
}

/** `#rrggbb`, as the style sheet has them, with an opacity. */
function clear(colour: string, opacity: number): string {
  const byte = Math.round(opacity * 255);
  return `${colour}${byte.toString(16).padStart(2, "0")}`;
}

function text(shown: string, x: number, y: number, look: Look, weight: number) {
  return {
    type: "text" as const,
    silent: true,
    style: {
      text: isolated(shown, 90),
      x,
      y,
      verticalAlign: "middle" as const,
      fill: look.ink,
      fontSize: 12,
      fontWeight: weight,
      fontFamily: look.font,
    },
  };
}
