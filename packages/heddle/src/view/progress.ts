import type { CompareEvent } from "@heddle/lab";
import { duration } from "./number.js";
import { harmless } from "./paint.js";
import { workloadName } from "./workload.js";

const BAR = 20;

/** What one event says on one line, or null for events that are shown elsewhere. */
export function progressLine(event: CompareEvent): string | null {
  switch (event.type) {
    case "building":
      return `${progressBar(event.done, event.total)} building ${harmless(event.model)}`;
    case "step":
      return `${progressBar(event.done, event.total)} ${harmless(event.model)}, ${workloadName(event.workload)}${left(event.leftS)}`;
    case "calibrated":
      return `calibrated ${harmless(event.what)}`;
    default:
      return null;
  }
}

/** What stays on the screen: what a person must know while the bar goes on. */
export function lastingLine(event: CompareEvent): string | null {
  if (event.type === "notice" && event.notice.severity !== "info") {
    const mend = event.notice.mend === null ? "" : ` (mend: ${harmless(event.notice.mend)})`;
    return `! ${harmless(event.notice.message)}${mend}`;
  }
  if (event.type === "void") {
    return `void: ${harmless(event.model)}, ${workloadName(event.workload)}: ${harmless(event.why)}`;
  }
  return null;
}

/** `[####......] 4/10`. */
export function progressBar(done: number, total: number): string {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
  const full = Math.round(share * BAR);
  return `[${"#".repeat(full)}${".".repeat(BAR - full)}] ${done}/${total}`;
}

function left(seconds: number): string {
  return Number.isFinite(seconds) && seconds > 0 ? `, ${duration(seconds)} left` : "";
}
