import { figure, quantileName } from "../../shared/number.js";
import type { ModelStyle } from "../../shared/palette.js";
import { depth, spread } from "../../shared/spread.js";
import { isolated } from "../../shared/text.js";
import type { Cell } from "../../shared/workload.js";
import type { Shown } from "../legend.js";
import { axisText, type Look, tooltipBase } from "../look.js";
import { tooltip } from "../tooltip.js";
import { logAxis } from "./scale.js";

const TOP = 16;
const BOTTOM = 46;
/** Between the labels at the ends of lines, in pixels. */
const APART = 15;

/** A point of a curve: how many times rarer than one, and milliseconds. */
type Point = readonly [number, number];

/**
 * Latency over percentile. The horizontal axis is the logarithm of 1/(1-q): each step to the right is ten times
 * rarer, so that the tail gets the room it has in the lives of users (after the HDR histogram plots).
 */
export function curveOption(cells: readonly Cell[], styles: readonly ModelStyle[], shown: Shown, look: Look) {
  const curves = cells.flatMap((cell) => {
    const style = styles.find((one) => one.model === cell.model);
    const points = pointsOf(cell);
    return style === undefined || points.length === 0 ? [] : [{ style, points }];
  });
  const visible = curves.filter(({ style }) => shown === null || shown.has(style.index));
  const farthest = Math.max(10, ...visible.map(({ points }) => points.at(-1)?.[0] ?? 1));
  const labelled = look.width > 720;
  const axis = logAxis(
    visible.flatMap(({ points }) => points.map(([, ms]) => ms)),
    look,
  );
  const height = Math.max(look.width > 720 ? 440 : 320, labelled ? visible.length * APART + 70 : 0);
  const inner = height - TOP - BOTTOM;
  // Labels of lines that reach the right edge share a column there; those of shorter lines stand where they end.
  const ends = visible.map(({ points }) => {
    const [rarity, ms] = points.at(-1) ?? [1, axis.min];
    return { edge: rarity > farthest * 0.7, y: TOP + depth(ms, axis.min, axis.max) * inner };
  });
  const column = ends.filter((end) => end.edge);
  const moves = spread(
    column.map((end) => end.y),
    APART,
    TOP,
    TOP + inner,
  );
  const moved = (at: number) => {
    const end = ends[at];
    return end?.edge === true ? (moves[column.indexOf(end)] ?? 0) : 0;
  };
  const option = {
    animation: false,
    grid: { left: 56, right: labelled ? 190 : 16, top: TOP, bottom: BOTTOM },
    tooltip: {
      ...tooltipBase(look),
      trigger: "axis" as const,
      formatter: (at: unknown) => tipAt(rarityOf(at), visible),
    },
    xAxis: {
      type: "log" as const,
      min: 1,
      max: farthest,
      name: "percentile",
      nameLocation: "middle" as const,
      nameGap: 28,
      nameTextStyle: axisText(look),
      axisLabel: {
        ...axisText(look),
        hideOverlap: true,
        formatter: (rarity: number) => quantileName(1 - 1 / rarity),
      },
      axisLine: { lineStyle: { color: look.line } },
      splitLine: { show: true, lineStyle: { color: look.line } },
      axisPointer: { label: { show: false }, triggerEmphasis: false, lineStyle: { color: look.soft } },
    },
    yAxis: {
      name: "ms",
      nameTextStyle: axisText(look),
      ...axis,
    },
    series: visible.map(({ style, points }, at) => ({
      type: "line" as const,
      name: isolated(style.model, 40),
      data: points.map(([rarity, ms]) => [rarity, ms]),
      showSymbol: false,
      symbolSize: 5,
      color: look.model(style.index),
      lineStyle: { width: 2, type: style.dash.length === 0 ? ("solid" as const) : [...style.dash] },
      emphasis: { focus: "series" as const, lineStyle: { width: 3.5 } },
      blur: { lineStyle: { opacity: 0.15 }, endLabel: { opacity: 0.15 } },
      endLabel: {
        show: labelled,
        formatter: () => isolated(style.model, 26),
        color: look.model(style.index),
        fontFamily: look.font,
        textBorderColor: look.ground,
        textBorderWidth: 3,
        fontSize: 11,
        distance: 8,
        offset: [0, moved(at)] as [number, number],
      },
    })),
  };
  return { option, height };
}

/** The certain maximum (q = 1) has no place on this axis; times below a microsecond are drawn as one. */
export function pointsOf(cell: Cell): Point[] {
  return cell.curve
    .filter(([quantile]) => quantile >= 0 && quantile < 1)
    .map(([quantile, ms]): Point => [1 / (1 - quantile), Math.max(ms, 0.001)])
    .toSorted((a, b) => a[0] - b[0]);
}

/** Milliseconds at a rarity between measured points, straight on the logarithmic axis; null beyond them. */
export function valueAt(points: readonly Point[], rarity: number): number | null {
  const after = points.findIndex(([at]) => at >= rarity * 0.999_999);
  const right = points[after];
  if (right === undefined) return null;
  const left = points[after - 1];
  if (left === undefined) return after === 0 && right[0] <= rarity * 1.01 ? right[1] : null;
  const part = Math.log(rarity / left[0]) / Math.log(right[0] / left[0]);
  return left[1] * (right[1] / left[1]) ** part;
}

function tipAt(
  rarity: number,
  curves: readonly { style: ModelStyle; points: readonly Point[] }[],
): HTMLElement {
  const rows = curves
    .map(({ style, points }) => ({ style, ms: valueAt(points, rarity) }))
    .filter((row): row is { style: ModelStyle; ms: number } => row.ms !== null)
    .toSorted((a, b) => a.ms - b.ms)
    .map(({ style, ms }) => ({ name: style.model, value: `${figure(ms)} ms`, colour: `m${style.index}` }));
  return tooltip(`${quantileName(1 - 1 / rarity)} were at most this slow`, rows);
}

/** ECharts hands its formatter one entry per line, each with the place of the pointer. */
function rarityOf(at: unknown): number {
  const first: unknown = Array.isArray(at) ? at[0] : at;
  const value =
    typeof first === "object" && first !== null && "axisValue" in first ? Number(first.axisValue) : 1;
  return Math.max(1, value);
}
