import { exact, figure, percent } from "../../shared/number.js";
import type { ModelStyle } from "../../shared/palette.js";
import { depth, spread } from "../../shared/spread.js";
import { isolated } from "../../shared/text.js";
import { type Cell, cpuMsOf, type WorkloadGroup } from "../../shared/workload.js";
import type { Shown } from "../legend.js";
import { axisText, type Look, tooltipBase } from "../look.js";
import { tooltip } from "../tooltip.js";
import { logAxis } from "./scale.js";

const TOP = 28;
const BOTTOM = 46;
/** Between the labels at the ends of lines, in pixels. */
const APART = 15;

export type Metric = "p99" | "p50" | "share";

/** A model over the points of the sweep; null where it was void or not measured. */
interface Curve {
  readonly style: ModelStyle;
  readonly values: readonly (number | null)[];
  readonly isVoid: readonly boolean[];
}

/**
 * A figure over the computing per request. Points are set apart evenly, because their distances double; a void
 * point is a gap, and a hollow mark at the upper edge says that there was an attempt.
 */
export function sweepOption(
  points: readonly WorkloadGroup[],
  metric: Metric,
  cores: number,
  styles: readonly ModelStyle[],
  shown: Shown,
  look: Look,
) {
  const curves = styles
    .filter((style) => shown === null || shown.has(style.index))
    .map((style) => curveOf(points, metric, cores, style))
    .filter((curve) => curve.isVoid.some(Boolean) || curve.values.some((value) => value !== null));
  const labelled = look.width > 720;
  const values = curves.flatMap((curve) => curve.values.filter((value) => value !== null));
  const axis =
    metric === "share"
      ? {
          type: "value" as const,
          min: 0,
          max: Math.max(1, ...values),
          axisLabel: { ...axisText(look), formatter: (share: number) => percent(share) },
          splitLine: { lineStyle: { color: look.line } },
        }
      : logAxis(values, look);
  const height = Math.max(look.width > 720 ? 440 : 340, labelled ? curves.length * APART + 80 : 0);
  const inner = height - TOP - BOTTOM;
  const named = labelled && curves.some((curve) => lastOf(curve) === points.length - 1);
  const moves = labelMoves(
    curves,
    TOP + inner,
    (value) => TOP + inner * (metric === "share" ? 1 - value / axis.max : depth(value, axis.min, axis.max)),
  );
  const option = {
    animation: false,
    grid: { left: 60, right: named ? 190 : 16, top: TOP, bottom: BOTTOM },
    tooltip: {
      ...tooltipBase(look),
      trigger: "axis" as const,
      formatter: (at: unknown) => tipAt(pointOf(at), points, curves, metric),
    },
    xAxis: {
      type: "category" as const,
      boundaryGap: true,
      data: points.map((point) => exact(cpuMsOf(point))),
      name: "computing per request, ms",
      nameLocation: "middle" as const,
      nameGap: 28,
      nameTextStyle: axisText(look),
      axisLabel: axisText(look),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.line } },
      axisPointer: { triggerEmphasis: false, lineStyle: { color: look.soft } },
    },
    yAxis: { ...axis, name: metric === "share" ? "" : "ms", nameTextStyle: axisText(look) },
    series: [
      ...curves.map((curve) => line(curve, labelled ? (moves.get(curve) ?? null) : null, look)),
      ...curves.map((curve, at) => voids(curve, axis.max, at - (curves.length - 1) / 2, look)),
    ],
  };
  return { option, height };
}

function curveOf(points: readonly WorkloadGroup[], metric: Metric, cores: number, style: ModelStyle): Curve {
  const cells = points.map((point) => point.cells.find((cell) => cell.model === style.model));
  return {
    style,
    values: cells.map((cell) =>
      cell === undefined || cell.void !== null ? null : metricOf(cell, metric, cores),
    ),
    isVoid: cells.map((cell) => cell !== undefined && cell.void !== null),
  };
}

function metricOf(cell: Cell, metric: Metric, cores: number): number | null {
  if (metric !== "share") return cell.latencyMs === null ? null : Math.max(cell.latencyMs[metric], 0.001);
  if (cell.cpuMsPerTask === null || cell.throughputPerS === null) return null;
  return (cell.cpuMsPerTask * cell.throughputPerS) / 1_000 / cores;
}

/** A curve is named where it ends; names that end at the same point are moved apart. */
function labelMoves(
  curves: readonly Curve[],
  bottom: number,
  place: (value: number) => number,
): Map<Curve, number> {
  const moves = new Map<Curve, number>();
  const points = Math.max(0, ...curves.map((curve) => curve.values.length));
  for (let at = 0; at < points; at++) {
    const ending = curves.filter((curve) => lastOf(curve) === at);
    const apart = spread(
      ending.map((curve) => place(curve.values[at] ?? 1)),
      APART,
      TOP,
      bottom,
    );
    ending.forEach((curve, nth) => {
      moves.set(curve, apart[nth] ?? 0);
    });
  }
  return moves;
}

const lastOf = (curve: Curve) => curve.values.findLastIndex((value) => value !== null);

/** `move`: how far its label goes down to stand clear of others; null: no label. */
function line(curve: Curve, move: number | null, look: Look) {
  const { style, values } = curve;
  return {
    type: "line" as const,
    name: isolated(style.model, 40),
    data: values.map((value, at) => ({
      value,
      label: {
        show: move !== null && at === lastOf(curve),
        position: "right" as const,
        distance: 8,
        offset: [0, move ?? 0] as [number, number],
        formatter: () => isolated(style.model, 26),
        color: look.model(style.index),
        fontFamily: look.font,
        textBorderColor: look.ground,
        textBorderWidth: 3,
        fontSize: 11,
      },
    })),
    connectNulls: false,
    symbol: "circle",
    symbolSize: 6,
    color: look.model(style.index),
    lineStyle: { width: 2, type: style.dash.length === 0 ? ("solid" as const) : [...style.dash] },
    emphasis: { focus: "series" as const },
    blur: { lineStyle: { opacity: 0.15 } },
  };
}

/** Hollow marks side by side at the upper edge, one for each model that was void at that point. */
function voids({ style, isVoid }: Curve, edge: number, aside: number, look: Look) {
  return {
    type: "line" as const,
    name: `${isolated(style.model, 40)} void`,
    data: isVoid.map((was) => (was ? edge : null)),
    lineStyle: { opacity: 0 },
    connectNulls: false,
    symbol: "diamond",
    symbolSize: 9,
    itemStyle: { color: look.ground, borderColor: look.model(style.index), borderWidth: 1.5, opacity: 1 },
    symbolOffset: [aside * 6, -9] as [number, number],
    silent: true,
    clip: false,
    tooltip: { show: false },
  };
}

function tipAt(at: number, points: readonly WorkloadGroup[], curves: readonly Curve[], metric: Metric) {
  const point = points[at];
  const show = (value: number) => (metric === "share" ? percent(value) : `${figure(value)} ms`);
  const rows = curves
    .flatMap(({ style, values, isVoid }) => {
      const value = values[at] ?? null;
      const colour = `m${style.index}`;
      if (value !== null) return [{ name: style.model, value: show(value), colour, order: value }];
      return isVoid[at] === true
        ? [{ name: style.model, value: "void", colour, order: Number.MAX_VALUE }]
        : [];
    })
    .toSorted((a, b) => a.order - b.order);
  return tooltip(point === undefined ? "" : `${exact(cpuMsOf(point))} ms of computing per request`, rows);
}

function pointOf(at: unknown): number {
  const first: unknown = Array.isArray(at) ? at[0] : at;
  return typeof first === "object" && first !== null && "dataIndex" in first ? Number(first.dataIndex) : -1;
}
