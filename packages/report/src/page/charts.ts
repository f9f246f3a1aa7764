import type { CompareResult } from "@heddle/lab";
import { standing } from "../shared/choice.js";
import { type ModelStyle, modelStyles } from "../shared/palette.js";
import { numbered, type WorkloadGroup } from "../shared/workload.js";
import { cpuOption, memoryOption, switchesOption } from "./chart/bars.js";
import { curveOption } from "./chart/curve.js";
import { type Metric, sweepOption } from "./chart/sweep.js";
import { chartIn, type ECharts } from "./echarts.js";
import { legendOf, type Shown } from "./legend.js";
import { type Look, lookOf } from "./look.js";

/** One place for a chart: what it draws depends on the look of the page and on what its legend shows. */
interface Plot {
  readonly element: HTMLElement;
  readonly draw: (look: Look) => { option: Parameters<ECharts["setOption"]>[0]; height: number };
  chart: ECharts | null;
}

/**
 * Draws each chart when it first comes into view (a report of twenty charts opens at once, and those in folds
 * cost nothing until unfolded), and all that are not folded before printing.
 */
export function mountCharts(result: CompareResult): { redraw: () => void } {
  const styles = modelStyles(result);
  const plots = [...document.querySelectorAll<HTMLElement>("[data-chart]")].flatMap((element) => {
    const plot = plotOf(element, result, styles);
    return plot === null ? [] : [plot];
  });
  const redraw = () => {
    for (const plot of plots) if (plot.chart !== null) paint(plot);
  };

  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const plot = plots.find((one) => one.element === entry.target);
        if (!entry.isIntersecting || plot === undefined || plot.chart !== null) continue;
        paint(plot);
        resized.observe(plot.element);
      }
    },
    { rootMargin: "400px" },
  );
  const widths = new WeakMap<Element, number>();
  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const plot = plots.find((one) => one.element === target);
      const width = target.clientWidth;
      if (plot === undefined || width === 0 || widths.get(target) === width) continue;
      widths.set(target, width);
      paint(plot);
    }
  });
  for (const plot of plots) seen.observe(plot.element);
  // Browsers announce a print before they apply its styles: paper is light, and as wide as the sheet says.
  const root = document.documentElement;
  let theme: string | undefined;
  addEventListener("beforeprint", () => {
    theme = root.dataset["theme"];
    root.dataset["theme"] = "light";
    for (const plot of plots) if (plot.element.clientWidth > 0) paint(plot, paperWidth(plot));
  });
  addEventListener("afterprint", () => {
    if (theme === undefined) delete root.dataset["theme"];
    else root.dataset["theme"] = theme;
    redraw();
  });
  return { redraw };
}

/** Of A4 on its side, in CSS pixels: one curve, or three charts of bars. The style sheet has the same columns. */
function paperWidth(plot: Plot): number {
  return plot.element.closest(".pair") === null ? 980 : 310;
}

function paint(plot: Plot, width = plot.element.clientWidth): void {
  const { option, height } = plot.draw({ ...lookOf(plot.element), width });
  plot.element.style.height = `${height}px`;
  plot.chart ??= chartIn(plot.element);
  plot.chart.resize({ width, height });
  plot.chart.setOption(option, { notMerge: true });
  plot.chart.getZr().flush();
}

function plotOf(element: HTMLElement, result: CompareResult, styles: readonly ModelStyle[]): Plot | null {
  const { chart: kind = "", groups: numbers = "" } = element.dataset;
  const all = numbered(result);
  const groups = numbers.split(" ").flatMap((number) => all[Number(number)] ?? []);
  const plot = (draw: Plot["draw"]): Plot => ({ element, draw, chart: null });

  if (kind === "sweep") {
    return sweepPlot(element, plot, groups, styles, result);
  }
  const group = groups[0];
  if (group === undefined) return null;
  const cells = standing(group.cells);
  switch (kind) {
    case "curve": {
      const made = plot((look) => curveOption(cells, styles, legend.shown(), look));
      const legend = legendOf(element, styles, () => made.chart !== null && paint(made));
      return made;
    }
    case "memory":
      return plot((look) => memoryOption(cells, styles, look));
    case "cpu":
      return plot((look) => cpuOption(cells, styles, look));
    case "switches":
      return plot((look) => switchesOption(cells, styles, look));
    default:
      return null;
  }
}

function sweepPlot(
  element: HTMLElement,
  plot: (draw: Plot["draw"]) => Plot,
  points: readonly WorkloadGroup[],
  styles: readonly ModelStyle[],
  result: CompareResult,
): Plot {
  let metric: Metric = "p99";
  const made = plot((look) => sweepOption(points, metric, result.machine.cores, styles, shown(), look));
  const redraw = () => made.chart !== null && paint(made);
  const legend = legendOf(element, styles, redraw);
  const shown = (): Shown => legend.shown();
  const buttons = [...(element.closest("figure")?.querySelectorAll<HTMLElement>("[data-metric]") ?? [])];
  for (const button of buttons) {
    button.addEventListener("click", () => {
      metric = button.dataset["metric"] as Metric;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      redraw();
    });
  }
  return made;
}
