import { isolated } from "../../shared/text.js";
import type { Look } from "../look.js";

/** What stands at the end of a bar: its figure, and a whisker when it has an interval. */
export interface Mark {
  /** Row of the bar. */
  readonly at: number;
  readonly end: number;
  readonly bounds: readonly [number, number] | null;
  /** The interval goes on beyond the edge of the chart: its whisker ends there without a cap. */
  readonly open: boolean;
  readonly label: string;
}

const CAP = 4;

export interface Place {
  coord(value: readonly number[]): number[];
}

/**
 * Whiskers and figures as one custom series: the figure stands beyond the whisker, which a label of the bar
 * itself would run through.
 */
export function marks(list: readonly Mark[], look: Look) {
  return {
    type: "custom" as const,
    name: "interval",
    silent: true,
    z: 5,
    data: list.map((mark) => [mark.end, mark.at]),
    renderItem: (params: { dataIndex: number }, place: Place) => {
      const mark = list[params.dataIndex];
      if (mark === undefined) return null;
      const to = (value: number) => place.coord([value, mark.at]);
      const [endX = 0, y = 0] = to(mark.end);
      const [low = endX, high = endX] = mark.bounds?.map((bound) => to(bound)[0] ?? endX) ?? [];
      const stroke = { stroke: look.ink, lineWidth: 1.5, fill: "none" };
      const line = (x1: number, y1: number, x2: number, y2: number) => ({
        type: "line" as const,
        shape: { x1, y1, x2, y2 },
        style: stroke,
      });
      const whisker =
        mark.bounds === null
          ? []
          : [
              line(low, y, high, y),
              line(low, y - CAP, low, y + CAP),
              ...(mark.open ? [] : [line(high, y - CAP, high, y + CAP)]),
            ];
      return {
        type: "group" as const,
        children: [
          ...whisker,
          {
            type: "text" as const,
            style: {
              text: isolated(mark.label),
              x: Math.max(endX, high) + 6,
              y,
              verticalAlign: "middle" as const,
              fill: look.ink,
              fontSize: 11,
              fontFamily: look.font,
            },
          },
        ],
      };
    },
  };
}
