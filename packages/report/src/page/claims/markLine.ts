import type { LinePicture } from "@heddle/claims";
import { isolated } from "../../shared/text.js";
import type { Place } from "../chart/marks.js";
import type { Look } from "../look.js";

/** Width of a letter of the name, at its size and weight; measuring it would need a canvas. */
const LETTER = 6.6;
const GAP = 6;

/** A line from top to bottom with its name above: to the right of it, or to the left where that has no room. */
export function markLine(mark: NonNullable<LinePicture["mark"]>, look: Look) {
  return {
    type: "custom" as const,
    silent: true,
    z: 6,
    data: [[mark.x, null]],
    encode: { x: 0, tooltip: [] },
    tooltip: { show: false },
    renderItem: (params: { coordSys: unknown }, place: Place) => {
      const { x = 0, y = 0, width = 0, height = 0 } = params.coordSys as Partial<DOMRect>;
      const [at = 0] = place.coord([mark.x, 0]);
      const long = Math.min(40, Array.from(mark.name).length) * LETTER;
      const right = x + width + 2 * GAP - long;
      const start = at + GAP <= right ? at + GAP : Math.max(GAP, Math.min(at - GAP - long, right));
      return {
        type: "group" as const,
        children: [
          {
            type: "line" as const,
            shape: { x1: at, y1: y - 16, x2: at, y2: y + height },
            style: { stroke: look.ink, lineWidth: 1.5, lineDash: [5, 4], fill: "none" },
          },
          {
            type: "text" as const,
            style: {
              text: isolated(mark.name, 40),
              x: start,
              y: y - 10,
              verticalAlign: "middle" as const,
              fill: look.ink,
              stroke: look.ground,
              lineWidth: 3,
              fontSize: 11.5,
              fontWeight: 600,
              fontFamily: look.font,
            },
          },
        ],
      };
    },
  };
}
