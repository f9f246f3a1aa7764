import { chartIn, type ECharts } from "./echarts.js";
import { type Look, lookOf } from "./look.js";

/** One place for a chart: what it draws depends on the look of the page and on what its legend shows. */
export interface Plot {
  readonly element: HTMLElement;
  readonly draw: (look: Look) => { option: Parameters<ECharts["setOption"]>[0]; height: number };
  /** Its width on paper, in CSS pixels. */
  readonly paper: number;
  chart: ECharts | null;
}

/**
 * Draws each chart when it first comes into view (a page of twenty charts opens at once, and those in folds
 * cost nothing until unfolded), and all that are not folded before printing.
 */
export function watchPlots(plots: readonly Plot[]): { redraw: () => void } {
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
    for (const plot of plots) if (plot.element.clientWidth > 0) paint(plot, plot.paper);
  });
  addEventListener("afterprint", () => {
    if (theme === undefined) delete root.dataset["theme"];
    else root.dataset["theme"] = theme;
    redraw();
  });
  return { redraw };
}

export function paint(plot: Plot, width = plot.element.clientWidth): void {
  const { option, height } = plot.draw({ ...lookOf(plot.element), width });
  plot.element.style.height = `${height}px`;
  plot.chart ??= chartIn(plot.element);
  plot.chart.resize({ width, height });
  plot.chart.setOption(option, { notMerge: true });
  plot.chart.getZr().flush();
}
