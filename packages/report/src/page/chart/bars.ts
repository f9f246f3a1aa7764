import { intervalOf } from "../../shared/interval.js";
import { exact, figure, span } from "../../shared/number.js";
import type { ModelStyle } from "../../shared/palette.js";
import { isolated } from "../../shared/text.js";
import type { Cell } from "../../shared/workload.js";
import { axisText, type Look, tooltipBase } from "../look.js";
import { type TooltipRow, tooltip } from "../tooltip.js";
import { type Mark, marks } from "./marks.js";

type Bounds = readonly [number, number] | null;

/** One bar: stacked parts from the axis outwards, and where its label and whisker stand. */
interface Bar {
  readonly style: ModelStyle;
  readonly parts: readonly number[];
  readonly end: number;
  readonly bounds: Bounds;
  readonly label: string;
  readonly tip: readonly TooltipRow[];
}

interface Part {
  readonly name: string;
  readonly opacity: number;
}

/** What a process holds at rest, what work adds, and what it took at its highest. */
export function memoryOption(cells: readonly Cell[], styles: readonly ModelStyle[], look: Look) {
  const bars = barsOf(cells, styles, (cell) => {
    const memory = cell.memoryMb;
    if (memory === null) return null;
    const { baseline, plateau, peak } = memory;
    const row = (name: string, value: number, bounds: Bounds) => ({
      name,
      value: `${figure(value)} MiB ${bounds === null ? "" : `(${span(bounds)})`}`,
      colour: null,
    });
    return {
      parts: [baseline, Math.max(0, plateau - baseline), Math.max(0, peak - Math.max(baseline, plateau))],
      end: Math.max(baseline, plateau, peak),
      bounds: intervalOf(cell, "peak"),
      label: figure(peak),
      tip: [
        row("baseline", baseline, intervalOf(cell, "baseline")),
        row("plateau", plateau, intervalOf(cell, "plateau")),
        row("peak", peak, intervalOf(cell, "peak")),
      ],
    };
  });
  const parts = [
    { name: "baseline", opacity: 1 },
    { name: "plateau", opacity: 0.6 },
    { name: "peak", opacity: 0.3 },
  ];
  return barChart(bars, parts, "MiB", look);
}

export function cpuOption(cells: readonly Cell[], styles: readonly ModelStyle[], look: Look) {
  const bars = barsOf(cells, styles, (cell) => {
    const cpu = cell.cpuMsPerTask;
    if (cpu === null) return null;
    const bounds = intervalOf(cell, "cpu");
    return {
      parts: [cpu],
      end: cpu,
      bounds,
      label: figure(cpu),
      tip: [
        { name: "CPU per task", value: `${figure(cpu)} ms`, colour: null },
        ...(bounds === null ? [] : [{ name: "95 % interval", value: `${span(bounds)} ms`, colour: null }]),
      ],
    };
  });
  return barChart(bars, [{ name: "CPU", opacity: 0.85 }], "ms", look);
}

export function switchesOption(cells: readonly Cell[], styles: readonly ModelStyle[], look: Look) {
  const bars = barsOf(cells, styles, (cell) => {
    const switches = cell.switchesPerTask;
    if (switches === null) return null;
    const { voluntary, involuntary } = switches;
    return {
      parts: [voluntary, involuntary],
      end: voluntary + involuntary,
      bounds: null,
      label: figure(voluntary + involuntary),
      tip: [
        { name: "voluntary", value: figure(voluntary), colour: null },
        { name: "involuntary", value: figure(involuntary), colour: null },
      ],
    };
  });
  const parts = [
    { name: "voluntary", opacity: 0.9 },
    { name: "involuntary", opacity: 0.4 },
  ];
  return barChart(bars, parts, "per task", look);
}

function barsOf(
  cells: readonly Cell[],
  styles: readonly ModelStyle[],
  make: (cell: Cell) => Omit<Bar, "style"> | null,
): Bar[] {
  return cells
    .flatMap((cell) => {
      const style = styles.find((one) => one.model === cell.model);
      const bar = make(cell);
      return style === undefined || bar === null ? [] : [{ style, ...bar }];
    })
    .toSorted((a, b) => a.end - b.end);
}

/** Lying bars, smallest on top: names keep their length and a phone has room for all of them. */
function barChart(bars: readonly Bar[], parts: readonly Part[], unit: string, look: Look) {
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
