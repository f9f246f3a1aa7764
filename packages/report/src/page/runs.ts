import type { CompareResult } from "@heddle/lab";
import { figure, NOTHING, percent } from "../shared/number.js";
import { plain } from "../shared/text.js";
import { type Cell, numbered } from "../shared/workload.js";

type Run = Cell["perRun"][number];

const COLUMNS: readonly { head: string; show: (run: Run) => string }[] = [
  { head: "p50 ms", show: (run) => figure(run.latencyMs.p50) },
  { head: "p99 ms", show: (run) => figure(run.latencyMs.p99) },
  { head: "max ms", show: (run) => figure(run.latencyMs.max) },
  { head: "per s", show: (run) => figure(run.throughputPerS) },
  { head: "CPU ms/task", show: (run) => figure(run.cpuMsPerTask) },
  { head: "peak MiB", show: (run) => figure(run.peakMemoryMb) },
  { head: "steal", show: (run) => percent(run.stealShare) },
  { head: "others' CPU", show: (run) => percent(run.foreignShare) },
];

/** Fills the table of single runs of a workload when its fold is first opened. */
export function showRuns(result: CompareResult): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-runs]")) {
    const group = numbered(result)[Number(place.dataset["runs"])];
    const fold = place.closest("details");
    if (group === undefined || fold === null) continue;
    fold.addEventListener("toggle", () => place.append(tableOf(group.cells, place)), { once: true });
  }
}

function tableOf(cells: readonly Cell[], place: HTMLElement): HTMLElement {
  const caption = place.dataset["caption"] ?? "";
  const scroll = element("div", "", "scroll");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", caption);
  const table = element("table", "", "data");
  const head = element("tr", "");
  const heads = ["Model", "Round", "Order in round", ...COLUMNS.map((column) => column.head), "Void"];
  head.append(...heads.map((text, at) => headCell(text, at > 0 && at < heads.length - 1)));
  const thead = element("thead", "");
  thead.append(head);
  const body = element("tbody", "");
  for (const cell of cells) body.append(...cell.perRun.map((run, at) => rowOf(cell, run, at)));
  const title = element("caption", "");
  title.append(element("span", caption));
  table.append(title, thead, body);
  scroll.append(table);
  return scroll;
}

/** Figures of void runs and cells are left out here too: they are in the raw data, for those who look for them. */
function rowOf(cell: Cell, run: Run, at: number): HTMLElement {
  const vouched = cell.void === null && run.void === null;
  const row = element("tr", "");
  if (at === 0) {
    const name = element("th", plain(cell.model, 48));
    name.scope = "rowgroup";
    name.rowSpan = cell.perRun.length;
    name.dir = "auto";
    row.append(name);
  }
  row.append(
    element("td", String(run.round), "n"),
    element("td", String(run.order), "n"),
    ...COLUMNS.map((column) => element("td", vouched ? column.show(run) : NOTHING, "n")),
    element("td", run.void === null ? "" : plain(run.void, 400)),
  );
  return row;
}

function headCell(text: string, numeric: boolean): HTMLElement {
  const cell = element("th", text, numeric ? "n" : "");
  cell.scope = "col";
  return cell;
}

/** An element with text: nothing here ever parses markup. */
function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text: string,
  kind = "",
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind !== "") made.className = kind;
  return made;
}
