import type { LawCheck } from "../result/schema.js";
import type { MeasuredRun } from "./run.js";

/** Why a run breaks the laws of queueing, and so cannot be vouched for; null when both hold. */
export function lawReason(laws: MeasuredRun["laws"]): string | null {
  return broken("Little's law", laws.little) ?? broken("the utilization law", laws.utilization);
}

function broken(name: string, check: LawCheck | null): string | null {
  if (check === null || check.holds) return null;
  return `breaks ${name} by ${(check.residual * 100).toFixed(1)} %: ${check.detail}`;
}
