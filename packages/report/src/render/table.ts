import { figure, NOTHING, span } from "../shared/number.js";
import { type Child, type Html, html } from "./html.js";

/** A table that scrolls by itself when it is wider than its column; the page never does. */
export function scrolling(label: string, table: Html): Html {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
}

export interface Column<Row> {
  readonly head: string;
  /** Said when the head is pointed at. */
  readonly title?: string;
  readonly cell: (row: Row) => Child;
  /** Numbers stand to the right. */
  readonly numeric?: boolean;
}

/** A plain table; the first column names the row. */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  return scrolling(
    caption,
    html`<table class="data"><caption><span>${caption}</span></caption><thead><tr>${columns.map(
      (column) =>
        html`<th scope="col"${kind(column)}${column.title === undefined ? null : html` title="${column.title}"`}>${column.head}</th>`,
    )}</tr></thead><tbody>${rows.map(
      (row) =>
        html`<tr>${columns.map((column, at) =>
          at === 0
            ? html`<th scope="row">${column.cell(row)}</th>`
            : html`<td${kind(column)}>${column.cell(row)}</td>`,
        )}</tr>`,
    )}</tbody></table>`,
  );
}

/** A figure with its interval below it. */
export function measured(value: number | null | undefined, bounds: readonly [number, number] | null): Html {
  if (value === null || value === undefined) return html`<span title="not measured">${NOTHING}</span>`;
  return html`${figure(value)}${bounds === null ? null : html`<small>${span(bounds)}</small>`}`;
}

function kind<Row>(column: Column<Row>): Html | null {
  return column.numeric === true ? html` class="n"` : null;
}
