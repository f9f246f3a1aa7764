import { intervalOf } from "../../shared/interval.js";
import { figure, span } from "../../shared/number.js";
import type { ModelStyle } from "../../shared/palette.js";
import type { Cell } from "../../shared/workload.js";
import type { Look } from "../look.js";
import { type Bar, type Bounds, barChart } from "./barChart.js";

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
