import { exact } from "../../shared/number.js";
import type { ModelStyle } from "../../shared/palette.js";
import { isolated } from "../../shared/text.js";
import { axisText, type Look, tooltipBase } from "../look.js";
import { type TooltipRow, tooltip } from "../tooltip.js";
import { type Mark, marks } from "./marks.js";

export type Bounds = readonly [number, number] | null;

/** One bar: stacked parts from the axis outwards, and where its label and whisker stand. */
export interface Bar {
  readonly style: ModelStyle;
  readonly parts: readonly number[];
  readonly end: number;
  readonly bounds: Bounds;
  readonly label: string;
  readonly tip: readonly TooltipRow[];
}

export interface Part {
  readonly name: string;
  readonly opacity: number;
}

/** Lying bars, smallest on top: names keep their length and a phone has room for all of them. */
export function barChart(bars: readonly Bar[], parts: readonly Part[], unit: string, look: Look) {
  const names = Math.round(Math.min(190, look.width * 0.38));
  const { edge, cut } = reach(bars);
  const lines: Mark[] = bars.map((bar, at) =>
    bar.end > edge
      ? { at, end: edge, bounds: null, open: false, label: `${bar.label} »` }
      : { at, end: bar.end, ...within(bar.bounds, edge), label: bar.label },
  );
  const option = {
    animation: false,
    grid: { left: names + 8, right: 12, top: 8, bottom: 40 },
    tooltip: {
      ...tooltipBase(look),
      trigger: "axis" as const,
      axisPointer: { type: "shadow" as const, shadowStyle: { color: look.soft, opacity: 0.1 } },
      formatter: (at: unknown) => {
        const bar = bars[indexOf(at)];
        return bar === undefined ? "" : tooltip(bar.style.model, bar.tip);
      },
    },
    xAxis: {
      type: "value" as const,
      min: 0,
      // Room for the labels beyond the longest bar.
      max: edge * (look.width < 420 ? 1.35 : 1.22),
      name: cut ? `${unit} (»: longer than drawn)` : unit,
      nameLocation: "middle" as const,
      nameGap: 24,
      nameTextStyle: axisText(look),
      splitNumber: 4,
      axisLabel: { ...axisText(look), formatter: (value: number) => exact(value), showMaxLabel: false },
      splitLine: { lineStyle: { color: look.line }, showMaxLine: false },
    },
    yAxis: {
      type: "category" as const,
      inverse: true,
      data: bars.map((bar) => isolated(bar.style.model, 60)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.line } },
      axisLabel: {
        ...axisText(look),
        color: look.ink,
        width: names - 6,
        overflow: "truncate" as const,
        interval: 0,
      },
    },
    series: [
      ...parts.map((part, at) => ({
        type: "bar" as const,
        name: part.name,
        stack: "all",
        barWidth: 12,
        data: bars.map((bar) => ({
          value: drawn(bar.parts, at, edge),
          itemStyle: { color: look.model(bar.style.index), opacity: part.opacity },
        })),
        emphasis: { disabled: true },
      })),
      marks(lines, look),
    ],
  };
  return { option, height: bars.length * 24 + 56 };
}

/**
 * How far the axis reaches. One model that takes ten times as much as the rest would press all others into
 * slivers; its bar is then cut and says so, with its figure, rather than the axis bent (a logarithmic bar has no foot).
 */
function reach(bars: readonly Bar[]): { edge: number; cut: boolean } {
  const ends = bars.map((bar) => Math.max(bar.end, bar.bounds?.[1] ?? 0)).toSorted((a, b) => a - b);
  const most = ends.at(-1) ?? 0;
  const usual = ends[Math.floor((ends.length - 1) * 0.8)] ?? most;
  if (most > usual * 4 && usual > 0) return { edge: usual * 1.6, cut: true };
  return { edge: most > 0 ? most : 1, cut: false };
}

/** An interval as far as the edge. */
function within(bounds: Bounds, edge: number): Pick<Mark, "bounds" | "open"> {
  if (bounds === null) return { bounds, open: false };
  return { bounds: [Math.min(bounds[0], edge), Math.min(bounds[1], edge)], open: bounds[1] > edge };
}

/** What of a stacked part lies before the edge. */
function drawn(parts: readonly number[], at: number, edge: number): number {
  const foot = parts.slice(0, at).reduce((sum, part) => sum + part, 0);
  return Math.max(0, Math.min(parts[at] ?? 0, edge - foot));
}

function indexOf(at: unknown): number {
  const first: unknown = Array.isArray(at) ? at[0] : at;
  return typeof first === "object" && first !== null && "dataIndex" in first ? Number(first.dataIndex) : -1;
}
