import type { CompareResult } from "@heddle/lab";
import { figure, NOTHING, percent } from "../shared/number.js";
import { type Cell, numbered, workloadTitle } from "../shared/workload.js";
import { type Html, html } from "./html.js";
import { bareName, words } from "./name.js";
import { table } from "./table.js";

/** Every run, every law, the generator's view of itself: for those who want to check. */
export function appendix(result: CompareResult): Html {
  return html`<section id="appendix" aria-labelledby="appendix-h"><p class="eyebrow">Appendix</p><h2 id="appendix-h">Run by run</h2><p class="detail">Figures of void cells are left out here too; they are in the raw data.</p><p><button type="button" class="download" data-download>Download the raw data (JSON)</button></p>${numbered(result).map((group, number) => part(number, group.cells))}</section>`;
}

function part(number: number, cells: readonly Cell[]): Html {
  const first = cells[0];
  const title = first === undefined ? "" : workloadTitle(first.workload);
  // The runs are thousands of figures that the embedded data already has: the page draws them when unfolded.
  return html`<details><summary>${title}</summary><p class="note">${orderEffect(cells)}</p><div data-runs="${number}" data-caption="Runs: ${title}"></div>${memory(cells, title)}${laws(cells, title)}${generators(cells, title)}</details>`;
}

function laws(cells: readonly Cell[], title: string): Html | null {
  const rows = cells.filter((cell) => cell.laws.little !== null || cell.laws.utilization !== null);
  if (rows.length === 0) return null;
  const law = (head: string, of: (cell: Cell) => Cell["laws"]["little"]) => ({
    head,
    cell: (cell: Cell) => {
      const check = of(cell);
      if (check === null) return NOTHING;
      return html`${percent(check.residual)} off, ${check.holds ? "holds" : html`<strong>broken</strong>`}${cell.void === null && html`<small>${words(check.detail, 300)}</small>`}`;
    },
  });
  return table(
    `Laws: ${title}`,
    [
      { head: "Model", cell: (cell) => bareName(cell.model) },
      law("Little's law", (cell) => cell.laws.little),
      law("Utilization law", (cell) => cell.laws.utilization),
      { head: "Runs repeated", numeric: true, cell: (cell) => String(cell.discarded) },
    ],
    rows,
  );
}

function memory(cells: readonly Cell[], title: string): Html | null {
  const rows = cells.flatMap((cell) =>
    cell.memoryPartsMb === null || cell.void !== null ? [] : [{ cell, parts: cell.memoryPartsMb }],
  );
  if (rows.length === 0) return null;
  type Row = (typeof rows)[number];
  const part = (head: string, title: string, of: (parts: Row["parts"]) => number | null) => ({
    head,
    title,
    numeric: true,
    cell: ({ parts }: Row) => figure(of(parts)),
  });
  return table(
    `Memory at the plateau in its parts, MiB: ${title}`,
    [
      { head: "Model", cell: ({ cell }) => bareName(cell.model) },
      part("RSS", "pages, those shared counted once per process", (parts) => parts.rss),
      part("PSS", "pages, those shared split among processes", (parts) => parts.pss),
      part("kernel stacks", "one for each thread", (parts) => parts.kernelStacks),
      part("page tables", "what maps the pages", (parts) => parts.pageTables),
      part("sockets", "buffers in the kernel", (parts) => parts.sockets),
    ],
    rows,
  );
}

function generators(cells: readonly Cell[], title: string): Html | null {
  const rows = cells.flatMap((cell) =>
    cell.generator === null ? [] : [{ cell, generator: cell.generator }],
  );
  if (rows.length === 0) return null;
  type Row = (typeof rows)[number];
  const number = (head: string, show: (row: Row) => string) => ({ head, numeric: true, cell: show });
  return table(
    `The load generator about itself: ${title}`,
    [
      { head: "Model", cell: ({ cell }) => bareName(cell.model) },
      number("asked per s", ({ generator }) => figure(generator.askedPerS)),
      number("sent per s", ({ generator }) => figure(generator.arrivedPerS)),
      number("answered per s", ({ generator }) => figure(generator.answeredPerS)),
      number("its CPU", ({ generator }) => percent(generator.cpuShare)),
      number("sent late, p99 ms", ({ generator }) => figure(generator.sendLagP99Ms)),
      number("connections", ({ generator }) => figure(generator.connections)),
      number(
        "failed: connect, response, timeout",
        ({ cell: { errors } }) => `${errors.connect}, ${errors.response}, ${errors.timeout}`,
      ),
    ],
    rows,
  );
}

/**
 * Whether place within a round mattered: the p50 of each run over the mean of its model, first half of the round
 * against the second. Interleaving makes it fall on all models alike; this says how much there was to fall.
 */
export function orderEffect(cells: readonly Cell[]): string {
  const places = cells
    .filter((cell) => cell.void === null)
    .flatMap((cell) => {
      const sound = cell.perRun.filter((run) => run.void === null);
      const mean = sound.reduce((sum, run) => sum + run.latencyMs.p50, 0) / sound.length;
      return mean > 0 ? sound.map((run) => ({ order: run.order, ratio: run.latencyMs.p50 / mean })) : [];
    })
    .toSorted((a, b) => a.order - b.order);
  if (places.length < 8) return "Too few runs to look for an effect of their order.";
  const half = Math.floor(places.length / 2);
  const mean = (of: typeof places) => of.reduce((sum, place) => sum + place.ratio, 0) / of.length;
  const change = mean(places.slice(half)) / mean(places.slice(0, half)) - 1;
  return `Order: p50 was ${figure(Math.abs(change) * 100, 2)} % ${change < 0 ? "lower" : "higher"} in the second half of the rounds than in the first, over all models.`;
}
