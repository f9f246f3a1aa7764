import type { CompareResult } from "@heddle/lab";
import { type Cell, type CellWorkload, workloadKey } from "./workload.js";

export type Choice = CompareResult["choices"][number];

/** The choice made for a workload, or undefined when none was. */
export function choiceFor(result: CompareResult, workload: CellWorkload): Choice | undefined {
  const key = workloadKey(workload);
  return result.choices.find((choice) => workloadKey(choice.workload) === key);
}

/** Cells that may be shown as numbers, cheapest CPU first; those without CPU figures by their p99. */
export function standing(cells: readonly Cell[]): Cell[] {
  return cells
    .filter((cell) => cell.void === null)
    .toSorted((a, b) => compare(a.cpuMsPerTask, b.cpuMsPerTask) || compare(p99(a), p99(b)));
}

const p99 = (cell: Cell) => cell.latencyMs?.p99 ?? null;
const compare = (a: number | null, b: number | null) =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a - b;
