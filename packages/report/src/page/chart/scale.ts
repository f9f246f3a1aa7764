import { exact } from "../../shared/number.js";
import { axisText, type Look } from "../look.js";

/**
 * A logarithmic axis that fits its values: ends and ticks at 1, 2, 5 times powers of ten while there are few of
 * them, at powers of ten alone beyond two decades. (ECharts by itself only knows the latter.)
 */
export function logAxis(values: readonly number[], look: Look) {
  const positive = values.filter((value) => value > 0);
  const lowest = Math.min(...positive, ...(positive.length === 0 ? [1] : []));
  const highest = Math.max(...positive, ...(positive.length === 0 ? [10] : []));
  const steps = stepsAround(lowest, highest);
  const ticks = steps.length > 9 ? steps.filter((step) => /^1(e|$)/u.test(step.toExponential())) : steps;
  const wide = steps.length > 9;
  return {
    type: "log" as const,
    min: steps[0] ?? 1,
    max: steps.at(-1) ?? 10,
    axisLabel: {
      ...axisText(look),
      formatter: (value: number) => exact(value),
      ...(wide ? {} : { customValues: [...ticks] }),
    },
    axisTick: { show: false, ...(wide ? {} : { customValues: [...ticks] }) },
    axisLine: { show: false },
    splitLine: { lineStyle: { color: look.line } },
  };
}

/** The smallest run of 1-2-5 steps that holds both ends. */
export function stepsAround(lowest: number, highest: number): number[] {
  const steps: number[] = [];
  const first = Math.floor(Math.log10(lowest));
  const last = Math.ceil(Math.log10(highest));
  for (let power = first; power <= Math.min(last, first + 30); power++) {
    for (const digit of [1, 2, 5]) steps.push(Number(`${digit}e${power}`));
  }
  const from = steps.findLastIndex((step) => step <= lowest);
  const to = steps.findIndex((step) => step >= highest && step > (steps[Math.max(0, from)] ?? 0));
  return steps.slice(Math.max(0, from), to === -1 ? undefined : to + 1);
}
