import type { Cell, CellWorkload, CompareResult } from "../result/schema.js";
import { figure } from "../statistics/figure.js";
import { isMeasured, NO_REQUIREMENT, type Requirement } from "./bar.js";
import { choose } from "./choose.js";
import { decideOverall, workloadKey } from "./overall.js";

type SummaryRow = CompareResult["summary"][number];
type Work = SummaryRow["work"];

const WORKS: readonly Work[] = ["io", "cpu", "mixed"];

/** What a workload asks for: waiting, computing or both. */
export function workOf(workload: CellWorkload): Work {
  if (workload.kind === "wait") return "io";
  if (workload.kind === "hash") return "cpu";
  if (workload.cpuMs === 0) return "io";
  return workload.ioMs === 0 ? "cpu" : "mixed";
}

/**
 * The table "I/O-bound / CPU-bound / mixed x language": the best measured model of each language for each kind of
 * work, by the rules of `choose` within the language; over several workloads of one kind by `decideOverall`.
 * A language none of whose models was measured on all of them is judged on the workload that most of its models ran.
 */
export function summarize(cells: readonly Cell[], requirement: Requirement = NO_REQUIREMENT): SummaryRow[] {
  const languages = [...new Set(cells.map((cell) => cell.language))];
  return languages.flatMap((language) =>
    WORKS.map((work) => {
      const own = cells.filter((cell) => cell.language === language && workOf(cell.workload) === work);
      return { language, work, ...best(own, requirement) };
    }),
  );
}

function best(cells: readonly Cell[], requirement: Requirement): Pick<SummaryRow, "model" | "why"> {
  if (cells.length === 0) return { model: null, why: "not measured" };
  if (!cells.some(isMeasured)) {
    const [first] = cells;
    return { model: null, why: `every cell void: ${first?.void ?? "no latency was measured"}` };
  }
  // Workloads void throughout (a rate too high for the language) leave the choice to the others.
  const keys = [...new Set(cells.map((cell) => workloadKey(cell.workload)))];
  const groups = keys
    .map((key) => cells.filter((cell) => workloadKey(cell.workload) === key))
    .filter((group) => group.some(isMeasured));
  groups.sort((a, b) => b.filter(isMeasured).length - a.filter(isMeasured).length);
  const choices = groups.map((group) => choose(group, requirement));
  const overall = decideOverall(choices, groups.flat(), requirement);
  const choice = overall.model === null ? choices.find(({ model }) => model !== null) : overall;
  if (choice === undefined || choice.model === null) return { model: null, why: overall.why };
  const mine = cells.find((cell) => cell.model === choice.model && isMeasured(cell));
  return { model: choice.model, why: `${figures(mine)}: ${choice.why}` };
}

function figures(cell: Cell | undefined): string {
  if (cell === undefined) return "measured";
  const unit = cell.workload.kind === "serve" ? "request" : "task";
  const parts = [
    cell.cpuMsPerTask === null ? null : `${figure(cell.cpuMsPerTask)} ms CPU per ${unit}`,
    cell.latencyMs === null ? null : `p99 ${figure(cell.latencyMs.p99)} ms`,
    cell.memoryMb === null ? null : `peak ${figure(cell.memoryMb.peak)} MiB`,
  ];
  return parts.filter((part) => part !== null).join(", ");
}
