import { isolated } from "../shared/text.js";

export interface TooltipRow {
  readonly name: string;
  readonly value: string;
  /** CSS class that carries the colour of the model. */
  readonly colour: string | null;
}

/**
 * A tooltip made of elements and text nodes. ECharts would put a string into `innerHTML`; names come from
 * measured programs, so no string is ever handed to it.
 */
export function tooltip(title: string, rows: readonly TooltipRow[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "tip";
  const head = document.createElement("strong");
  head.textContent = isolated(title, 80);
  const list = document.createElement("div");
  list.className = rows.length > 9 ? "tip-rows tip-two" : "tip-rows";
  for (const row of rows) {
    const line = document.createElement("div");
    const name = document.createElement("span");
    name.textContent = isolated(row.name, 28);
    if (row.colour !== null) name.className = `tip-name ${row.colour}`;
    const ink = document.createElement("b");
    ink.textContent = row.value;
    line.append(name, ink);
    list.append(line);
  }
  box.append(head, list);
  return box;
}
