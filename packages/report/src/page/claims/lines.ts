import type { LinePicture } from "@heddle/claims";
import { withUnit } from "@heddle/claims/words";
import { axisText as axisName, withRole } from "../../shared/claims/axis.js";
import { MOST_LINES, MOST_POINTS, type SeriesStyle, seriesStyles } from "../../shared/claims/series.js";
import { amount } from "../../shared/number.js";
import { isolated, plain } from "../../shared/text.js";
import { axisText, type Look, tooltipBase } from "../look.js";
import { tooltip } from "../tooltip.js";
import { valueAxis } from "./axis.js";
import { markLine } from "./markLine.js";

/** Beyond these the marks would hide the line. */
const MOST_SYMBOLS = 60;

type Point = readonly [x: number, y: number];
type Line = LinePicture["lines"][number];

/** A sweep: one line for each thing that was swept, points marked where something was measured. */
export function linesOption(picture: LinePicture, look: Look) {
  const logX = picture.x.scale === "log";
  const logY = picture.y.scale === "log";
  const lines = picture.lines.slice(0, MOST_LINES).map((line) => ({
    ...line,
    points: line.points
      .slice(0, MOST_POINTS)
      .filter(([x, y]) => !(logX && x <= 0) && !(logY && y <= 0))
      .toSorted((a, b) => a[0] - b[0]),
  }));
  const styles = seriesStyles(lines);
  const points = lines.flatMap((line): readonly Point[] => line.points);
  const xs = points.map(([x]) => x);
  const marked = picture.mark === undefined ? [] : [picture.mark.x];
  const option = {
    animation: false,
    grid: { left: 54, right: 20, top: picture.mark === undefined ? 34 : 52, bottom: 46 },
    tooltip: {
      ...tooltipBase(look),
      trigger: "axis" as const,
      formatter: (at: unknown) => tipAt(placeOf(at), picture, lines, styles),
    },
    xAxis: {
      ...valueAxis([...xs, ...marked], logX, look),
      // Zero is shown unless it would press the points together at the other end.
      ...(logX ? {} : { scale: Math.min(...xs, ...marked) > Math.max(...xs, ...marked) * 0.4 }),
      splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: look.line } },
      name: axisName(picture.x),
      nameLocation: "middle" as const,
      nameGap: 28,
      nameTextStyle: axisText(look),
      axisPointer: { snap: true, label: { show: false }, lineStyle: { color: look.soft } },
    },
    yAxis: {
      ...valueAxis(
        points.map(([, y]) => y),
        logY,
        look,
      ),
      name: axisName(picture.y),
      nameLocation: "end" as const,
      // The name of the mark stands between the plot and the name of the axis.
      nameGap: picture.mark === undefined ? 14 : 32,
      nameTextStyle: { ...axisText(look), align: "left" as const, padding: [0, 0, 0, -46] },
    },
    series: [
      ...lines.map((line, at) => series(line, styles[at], look)),
      ...(picture.mark === undefined ? [] : [markLine(picture.mark, look)]),
    ],
  };
  return { option, height: look.width < 420 ? 270 : 310 };
}

function series(line: Line, style: SeriesStyle | undefined, look: Look) {
  const colour = look.colour(style?.colour ?? "c0");
  const symbol = style?.symbol ?? null;
  return {
    type: "line" as const,
    name: isolated(line.name, 60),
    data: line.points.map(([x, y]) => [x, y]),
    showSymbol: symbol !== null && line.points.length <= MOST_SYMBOLS,
    symbol: symbol ?? "circle",
    symbolSize: symbol === "circle" || symbol === "rect" ? 6.5 : 9,
    color: colour,
    lineStyle: {
      width: symbol === null ? 1.6 : 2.2,
      type: style?.dash === "dashed" ? [5, 4] : style?.dash === "dotted" ? [2, 3] : ("solid" as const),
    },
    emphasis: { disabled: true },
  };
}

function tipAt(
  x: number,
  picture: LinePicture,
  lines: readonly Line[],
  styles: readonly SeriesStyle[],
): HTMLElement {
  const rows = lines.flatMap((line, at) => {
    const point = line.points.find((each) => each[0] === x);
    const colour = styles[at]?.colour ?? null;
    if (point === undefined) return [];
    return [{ name: withRole(line.name, line.role), value: said(point[1], picture.y.unit), colour }];
  });
  return tooltip(`${plain(picture.x.name, 50)}: ${said(x, picture.x.unit)}`, rows);
}

const said = (value: number, unit: string) => withUnit(amount(value), plain(unit, 20));

function placeOf(at: unknown): number {
  const first: unknown = Array.isArray(at) ? at[0] : at;
  return typeof first === "object" && first !== null && "axisValue" in first
    ? Number(first.axisValue)
    : Number.NaN;
}
