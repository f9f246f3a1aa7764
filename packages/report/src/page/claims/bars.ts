import type { BarPicture } from "@heddle/claims";
import { withUnit } from "@heddle/claims/words";
import { axisText as axisName, withRole } from "../../shared/claims/axis.js";
import { MOST_BARS } from "../../shared/claims/series.js";
import { amount } from "../../shared/number.js";
import { isolated, plain } from "../../shared/text.js";
import { axisText, type Look, tooltipBase } from "../look.js";
import { tooltip } from "../tooltip.js";
import { valueAxis } from "./axis.js";
import { bar, type Row } from "./bar.js";

const LETTER = 6.4;
/** Room for the figure behind the longest bar; a longer unit stands at the axis only. */
const FIGURES = 84;
const LONGEST_UNIT = 9;

/**
 * Lying bars in the order of the picture. Short names stand to the left, long ones above their bars: on a phone too
 * every name is whole. On a logarithmic axis a bar has no foot, and fades out towards where one would be.
 */
export function barsOption(picture: BarPicture, look: Look) {
  const log = picture.value.scale === "log";
  const { unit } = picture.value;
  const shortUnit = unit.length > LONGEST_UNIT ? "" : plain(unit);
  const rows: Row[] = picture.bars.slice(0, MOST_BARS).map(({ name, value, role }) => ({
    name: withRole(plain(name, 90), role),
    value,
    role: role ?? "measured",
    label: withUnit(amount(value), shortUnit),
  }));
  const longest = Math.max(0, ...rows.map(({ name }) => Array.from(name).length)) * LETTER;
  const above = longest > look.width * 0.34;
  const values = rows.map(({ value }) => value);
  const lowest = Math.min(...values.filter((value) => value > 0));
  const height = above ? 42 : 28;
  const option = {
    animation: false,
    grid: { left: above ? 4 : Math.ceil(longest) + 14, right: FIGURES, top: 4, bottom: 42 },
    tooltip: {
      ...tooltipBase(look),
      trigger: "item" as const,
      formatter: (at: { dataIndex?: number }) => {
        const row = rows[at.dataIndex ?? -1];
        if (row === undefined) return "";
        return tooltip(picture.title, [{ name: row.name, value: row.label, colour: null }]);
      },
    },
    xAxis: {
      ...valueAxis(log ? [...values, lowest / 1.8] : values, log, look),
      ...(log ? {} : linearEnds(values, look)),
      name: axisName(picture.value),
      nameLocation: "middle" as const,
      nameGap: 26,
      nameTextStyle: axisText(look),
    },
    yAxis: {
      type: "category" as const,
      inverse: true,
      data: rows.map(({ name }) => isolated(name, 90)),
      axisTick: { show: false },
      axisLine: { show: !log, lineStyle: { color: look.line } },
      axisLabel: { ...axisText(look), color: look.ink, fontSize: 12, show: !above, interval: 0 },
    },
    series: [bar(rows, { log, above, look })],
  };
  return { option, height: rows.length * height + 50 };
}

/** The longest bar ends where the plot does: its figure stands beyond, and the end itself is no tick. */
function linearEnds(values: readonly number[], look: Look) {
  const axis = valueAxis(values, false, look);
  return {
    min: Math.min(0, ...values),
    max: Math.max(0, ...values) || 1,
    axisLabel: { ...axis.axisLabel, showMaxLabel: false },
    splitLine: { ...axis.splitLine, showMaxLine: false },
  };
}
