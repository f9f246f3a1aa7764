import { stripVTControlCharacters } from "node:util";
import Table from "cli-table3";
import type { Paint } from "./paint.js";

/** A column of a table: how to fill it, and how early it goes when the terminal is narrow. */
export interface Column<Row> {
  readonly title: string;
  /** 0 stays for ever; the highest number goes first. */
  readonly rank: number;
  readonly align?: "left" | "right";
  readonly of: (row: Row) => string;
  /** What stands there instead once there is no room, before the column is given up. */
  readonly short?: (row: Row) => string;
  /** May be cut to what room is left, down to `CLIPPED_TO`, before anything else gives way. */
  readonly clip?: boolean;
}

const CLIPPED_TO = 24;

/** Columns from this rank up go before any column takes its short form. */
const EXTRA = 6;

const GAP = 2;

/**
 * A table without frames, at most `width` wide: extra columns go first, then columns use their short form, then more go in order of rank.
 * Cells are never wrapped, because half a number is worse than none.
 */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number,
  paint: Paint,
): string {
  const fitting = fit(rows, columns, width);
  const edge = { top: "", "top-mid": "", "top-left": "", "top-right": "" };
  const out = new Table({
    head: fitting.map((column) => paint.bold(column.title)),
    colAligns: fitting.map((column) => column.align ?? "right"),
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP, compact: true },
    chars: {
      ...edge,
      bottom: "",
      "bottom-mid": "",
      "bottom-left": "",
      "bottom-right": "",
      left: "",
      "left-mid": "",
      mid: "",
      "mid-mid": "",
      right: "",
      "right-mid": "",
      middle: "",
    },
  });
  for (const row of rows) out.push(fitting.map((column) => column.of(row)));
  return out
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .join("\n");
}

/** Names of the columns that `table` would leave out, so that the caller can say so. */
export function leftOut<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width: number): string[] {
  const titles = new Set(fit(rows, columns, width).map((column) => column.title));
  return columns.map((column) => column.title).filter((title) => !titles.has(title));
}

function fit<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width: number): Column<Row>[] {
  let chosen = columns.filter((column) => rows.length === 0 || rows.some((row) => !isEmpty(column.of(row))));
  if (needed(rows, chosen) <= width) return chosen;
  const clippable = chosen.filter((column) => column.clip === true);
  if (clippable.length > 0) {
    const rest = chosen.filter((column) => column.clip !== true);
    const room = Math.floor((width - needed(rows, rest)) / clippable.length) - GAP;
    if (room >= CLIPPED_TO)
      return chosen.map((column) => (column.clip === true ? clipped(column, room) : column));
    chosen = chosen.map((column) => (column.clip === true ? clipped(column, CLIPPED_TO) : column));
  }
  chosen = dropped(rows, chosen, width, EXTRA);
  if (needed(rows, chosen) <= width) return chosen;
  const short = chosen.map((column) =>
    column.short === undefined ? column : { ...column, of: column.short },
  );
  return dropped(rows, short, width, 1);
}

/** Without the columns that there is no room for, highest rank first, none below rank `from`. */
function dropped<Row>(
  rows: readonly Row[],
  columns: Column<Row>[],
  width: number,
  from: number,
): Column<Row>[] {
  let chosen = columns;
  while (needed(rows, chosen) > width) {
    const last = Math.max(...chosen.map((column) => column.rank));
    if (last < from) break;
    chosen = chosen.filter((column) => column.rank !== last);
  }
  return chosen;
}

function clipped<Row>(column: Column<Row>, room: number): Column<Row> {
  const of = (row: Row): string => {
    const text = column.of(row);
    return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
  };
  return { ...column, of };
}

function needed<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): number {
  const widths = columns.map((column) =>
    Math.max(column.title.length, ...rows.map((row) => stripVTControlCharacters(column.of(row)).length)),
  );
  return widths.reduce((sum, each) => sum + each + GAP, 0) - GAP;
}

function isEmpty(text: string): boolean {
  return text === "-" || text === "";
}
