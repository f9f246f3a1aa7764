// Only what the report draws with; each name here is weight in every report.
import { BarChart, CustomChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { type ECharts, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, CustomChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

export type { ECharts };

export function chartIn(element: HTMLElement): ECharts {
  return init(element, null, { renderer: "svg" });
}
