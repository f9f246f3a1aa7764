import type { CompareResult } from "@heddle/lab";
import { standing } from "../shared/choice.js";
import { type ModelStyle, modelStyles } from "../shared/palette.js";
import { numbered, type WorkloadGroup } from "../shared/workload.js";
import { cpuOption, memoryOption, switchesOption } from "./chart/bars.js";
import { curveOption } from "./chart/curve.js";
import { type Metric, sweepOption } from "./chart/sweep.js";
import { legendOf, type Shown } from "./legend.js";
import { type Plot, paint, watchPlots } from "./plots.js";

/** Draws every chart of the page from the data embedded in it. */
export function mountCharts(result: CompareResult): { redraw: () => void } {
  const styles = modelStyles(result);
  return watchPlots(
    [...document.querySelectorAll<HTMLElement>("[data-chart]")].flatMap((element) => {
      const plot = plotOf(element, result, styles);
      return plot === null ? [] : [plot];
    }),
  );
}

/** Of A4 on its side, in CSS pixels: one curve, or three charts of bars. The style sheet has the same columns. */
function paperWidth(element: HTMLElement): number {
  return element.closest(".pair") === null ? 980 : 310;
}

function plotOf(element: HTMLElement, result: CompareResult, styles: readonly ModelStyle[]): Plot | null {
  const { chart: kind = "", groups: numbers = "" } = element.dataset;
  const all = numbered(result);
  const groups = numbers.split(" ").flatMap((number) => all[Number(number)] ?? []);
  const plot = (draw: Plot["draw"]): Plot => ({
    element,
    draw,
    paper: paperWidth(element),
    chart: null,
  });

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
