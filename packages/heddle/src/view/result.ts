import type { CompareResult } from "@heddle/lab";
import { cellTables } from "./cells.js";
import { decisionText, summaryText } from "./decision.js";
import { count, duration, figure, times } from "./number.js";
import { harmless, type Paint } from "./paint.js";
import { fold } from "./text.js";
import { workloadName } from "./workload.js";

/**
 * Everything a person sees on the terminal after measuring, but for the paths of files.
 * `noticed`: the notices of the preflight were shown before measuring, and need not be again.
 */
export function resultText(result: CompareResult, width: number, paint: Paint, noticed = false): string {
  return [
    machineText(noticed ? { ...result, preflight: [] } : result, width, paint),
    cellTables(result.cells, result.choices, width, paint),
    legend(result, width, paint),
    decisionText(result, width, paint),
    summaryText(result.summary, width, paint),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function machineText(result: CompareResult, width: number, paint: Paint): string {
  const { machine } = result;
  const box = `${harmless(machine.cpu)}, ${times(machine.cores, "core")}, ${count(Math.round(machine.memoryMb / 1024))} GB`;
  const how = `${times(result.runsPlanned, "run")} each, seed ${result.seed}, took ${duration(result.tookS)}`;
  const parts = [fold(`Measured on ${box}, ${harmless(machine.os)}; ${how}.`, width, "  ")];
  if (result.partial !== null) {
    parts.push(paint.warn(fold(`Not whole: ${harmless(result.partial)}`, width, "  ")));
  }
  for (const notice of result.preflight) {
    if (notice.severity === "info") continue;
    const mend = notice.mend === null ? "" : ` (mend: ${harmless(notice.mend)})`;
    parts.push(paint.warn(fold(`! ${harmless(notice.message)}${mend}`, width, "    ")));
  }
  for (const pair of result.noise) {
    const { value, interval } = pair.p99Ratio;
    const spread = `${figure(value)} (${figure(interval[0])} to ${figure(interval[1])})`;
    const what = `${harmless(pair.model)} against itself in ${workloadName(pair.workload)}`;
    const text = `Noise: ${what}, p99 ratio ${spread}: ${pair.quiet ? "quiet" : "noisy"}.`;
    parts.push((pair.quiet ? paint.dim : paint.warn)(fold(text, width, "  ")));
  }
  const failed = result.models.filter((model) => model.state === "failed");
  for (const model of failed) {
    parts.push(
      paint.bad(fold(`${harmless(model.name)} failed: ${harmless(model.why ?? "no reason")}`, width, "    ")),
    );
  }
  const absent = result.models.filter((model) => model.state === "not-installed").map((model) => model.name);
  if (absent.length > 0) {
    const text = `Not installed: ${absent.map(harmless).join(", ")} (heddle models tells how)`;
    parts.push(paint.dim(fold(text, width, "  ")));
  }
  return parts.join("\n");
}

function legend(result: CompareResult, width: number, paint: Paint): string {
  if (result.cells.every((cell) => cell.void !== null)) return "";
  const spread = result.runsPlanned > 1 ? " ± is half of the 95 % interval between runs." : "";
  const text = `* chosen, = tied with it.${spread} Sorted by p99; memory is of the whole process tree.`;
  return paint.dim(fold(text, width, "  "));
}
