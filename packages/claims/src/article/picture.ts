import { figure } from "@heddle/lab";
import type { BarPicture, LinePicture, Picture } from "../claim/picture.js";
import { axisWords, roleWords, withUnit } from "./figure.js";
import { table, text } from "./markdown.js";

/** As many as a reader follows; the data has the rest. */
const MOST_BARS = 24;
const MOST_LINES = 8;
const MOST_ROWS = 16;
/** Length of the longest bar, in characters. */
const LONGEST = 24;

/** A picture as a table that reads well as plain text. Empty when there is nothing to show. */
export function pictureTable(picture: Picture): string {
  return picture.kind === "bars" ? barTable(picture) : lineTable(picture);
}

const SIGNS = { claimed: "░", measured: "█", cure: "▓" } as const;

function barTable({ title, value, bars }: BarPicture): string {
  const shown = bars.slice(0, MOST_BARS);
  if (shown.length === 0) return "";
  const length = lengths(
    shown.map((bar) => bar.value),
    value.scale === "log",
  );
  const rows = shown.map((bar) => {
    const sign = SIGNS[bar.role ?? "measured"].repeat(length(bar.value));
    return [`${text(bar.name, 80)}${roleWords(bar.name, bar.role)}`, figure(bar.value), sign];
  });
  const about = `${text(title, 120)}${value.scale === "log" ? " (bars on a log scale)" : ""}`;
  return table([about, axisWords(value, text), ""], rows, [1]);
}

/** A logarithmic bar has no foot: it begins one character below the smallest value. */
function lengths(values: readonly number[], log: boolean): (value: number) => number {
  const highest = Math.max(...values);
  if (!log) return (value) => (highest > 0 ? Math.round((Math.max(0, value) / highest) * LONGEST) : 0);
  const lowest = Math.min(...values.filter((value) => value > 0));
  const span = Math.log(highest / lowest);
  if (!(span > 0)) return (value) => (value > 0 ? LONGEST : 0);
  return (value) => (value > 0 ? 1 + Math.round((Math.log(value / lowest) / span) * (LONGEST - 1)) : 0);
}

/** A sweep: a row for each value of the variable, a column for each line. */
function lineTable({ title, x, y, lines, mark }: LinePicture): string {
  const shown = lines.slice(0, MOST_LINES);
  const all = [...new Set(shown.flatMap((line) => line.points.map(([at]) => at)))].sort((a, b) => a - b);
  if (all.length === 0) return "";
  const rows = thinned(all).map((at) => [
    figure(at),
    ...shown.map((line) => {
      const point = line.points.find(([x]) => x === at);
      return point === undefined ? "" : figure(point[1]);
    }),
  ]);
  const heads = [
    axisWords(x, text) || "x",
    ...shown.map((line) => `${text(line.name, 60)}${roleWords(line.name, line.role)}`),
  ];
  const note = [`${text(title, 120)}: ${axisWords(y, text) || "y"}`];
  if (mark !== undefined)
    note.push(`${text(mark.name, 80)}: at ${withUnit(figure(mark.x), text(x.unit, 24))}`);
  return `*${note.join(". ")}.*\n\n${table(
    heads,
    rows,
    heads.map((_, at) => at),
  )}`;
}

/** Evenly spread over the list, both ends kept. */
function thinned(values: readonly number[]): readonly number[] {
  if (values.length <= MOST_ROWS) return values;
  const step = (values.length - 1) / (MOST_ROWS - 1);
  return Array.from({ length: MOST_ROWS }, (_, at) => values[Math.round(at * step)] ?? 0);
}
