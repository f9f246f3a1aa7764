import { exact, figure } from "../../shared/number.js";
import { logAxis } from "../chart/scale.js";
import { axisText, type Look } from "../look.js";

/** An axis that fits its values, by the scale that the picture asks for. */
export function valueAxis(values: readonly number[], log: boolean, look: Look) {
  if (log) {
    const axis = logAxis(values, look);
    return { ...axis, axisLabel: { ...axis.axisLabel, hideOverlap: true, formatter: tick } };
  }
  return {
    type: "value" as const,
    splitNumber: 4,
    axisLabel: { ...axisText(look), hideOverlap: true, formatter: tick },
    axisTick: { show: false },
    axisLine: { show: false },
    splitLine: { lineStyle: { color: look.line } },
  };
}

/** 5000000 -> "5 M": ticks stand close together. */
export function tick(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${figure(value / 1e9).replace(/\.0+$/u, "")} G`;
  if (size >= 1e6) return `${exact(value / 1e6)} M`;
  return exact(value);
}
