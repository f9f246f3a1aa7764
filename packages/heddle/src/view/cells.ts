import type { Cell, CompareResult } from "@heddle/lab";
import { figure, withInterval } from "./number.js";
import { harmless, type Paint } from "./paint.js";
import { type Column, leftOut, table } from "./table.js";
import { fold } from "./text.js";
import { workloadKey, workloadTitle } from "./workload.js";

type Choice = CompareResult["choices"][number];

/** One table per workload, in the order measured. */
export function cellTables(
  cells: readonly Cell[],
  choices: readonly Choice[],
  width: number,
  paint: Paint,
): string {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = workloadKey(cell.workload);
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups]
    .map(([key, group]) => {
      const choice = choices.find((each) => workloadKey(each.workload) === key);
      return cellTable(group, choice, width, paint);
    })
    .join("\n\n");
}

/** The cells of one workload: measured ones by p99 as a table, void ones below with their reasons. */
export function cellTable(
  cells: readonly Cell[],
  choice: Choice | undefined,
  width: number,
  paint: Paint,
): string {
  const [first] = cells;
  if (first === undefined) return "";
  const measured = cells
    .filter((cell) => cell.void === null)
    .sort((a, b) => (a.latencyMs?.p99 ?? Infinity) - (b.latencyMs?.p99 ?? Infinity));
  const columns = columnsOf(first, choice, paint);
  const missing = leftOut(measured, columns, width).filter((title) =>
    measured.some((cell) => has(cell, title)),
  );
  const parts = [paint.bold(fold(workloadTitle(first.workload), width, "  "))];
  if (measured.length > 0) parts.push(table(measured, columns, width, paint));
  for (const cell of cells) {
    if (cell.void !== null) {
      parts.push(
        paint.dim(`  ${fold(`${harmless(cell.model)}: void, ${harmless(cell.void)}`, width - 2, "      ")}`),
      );
    }
  }
  if (missing.length > 0)
    parts.push(paint.dim(`  ${fold(`no room here for: ${missing.join(", ")}`, width - 2, "    ")}`));
  return parts.join("\n");
}

function columnsOf(cell: Cell, choice: Choice | undefined, paint: Paint): Column<Cell>[] {
  const unit = cell.workload.kind === "serve" ? "req" : "task";
  const name = (row: Cell): string => {
    const text = harmless(row.model);
    if (row.model === choice?.model) return paint.good(`* ${text}`);
    return choice?.ties.includes(row.model) === true ? `= ${text}` : `  ${text}`;
  };
  return [
    { title: "  model", rank: 0, align: "left", of: name },
    {
      title: "p50 ms",
      rank: 2,
      of: (row) => withInterval(row.latencyMs?.p50, spread(row, "p50")),
      short: (row) => figure(row.latencyMs?.p50),
    },
    {
      title: "p99 ms",
      rank: 0,
      of: (row) => withInterval(row.latencyMs?.p99, spread(row, "p99")),
      short: (row) => figure(row.latencyMs?.p99),
    },
    // what a clock inside the task would say: the rest of the latency is the queue in front of it
    { title: "in task ms", rank: 7, of: (row) => figure(row.insideMs?.p50) },
    {
      title: cell.workload.kind === "serve" ? "req/s" : "tasks/s",
      rank: 5,
      of: (row) => figure(row.throughputPerS),
    },
    { title: "speed-up", rank: 4, of: (row) => figure(row.speedup) },
    { title: `CPU ms/${unit}`, rank: 1, of: (row) => perTask(row.cpuMsPerTask) },
    { title: "peak MB", rank: 3, of: (row) => figure(row.memoryMb?.peak) },
    { title: "plateau MB", rank: 8, of: (row) => figure(row.memoryMb?.plateau) },
    { title: `switches/${unit}`, rank: 6, of: (row) => switches(row) },
    { title: "loop p99 ms", rank: 7, of: (row) => figure(row.eventLoop?.delayP99Ms) },
  ];
}

/** One run says nothing about the next: an interval of no width would look like certainty. */
function spread(cell: Cell, of: "p50" | "p99"): Cell["interval"][string] | undefined {
  return cell.runs > 1 ? cell.interval[of] : undefined;
}

/** CPU per task is often microseconds; three decimals keep them apart. */
function perTask(value: number | null): string {
  return value === null ? "-" : value >= 10 ? figure(value) : value.toFixed(3);
}

function switches(cell: Cell): string {
  if (cell.switchesPerTask === null) return "-";
  return figure(cell.switchesPerTask.voluntary + cell.switchesPerTask.involuntary);
}

/** Whether a column has a figure for this cell at all: only then is leaving it out worth a word. */
function has(cell: Cell, title: string): boolean {
  if (title === "speed-up") return cell.speedup !== null;
  if (title === "in task ms") return cell.insideMs !== null;
  if (title === "loop p99 ms") return cell.eventLoop !== null;
  return true;
}
