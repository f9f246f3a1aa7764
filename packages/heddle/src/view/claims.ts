import type { ClaimResult, ClaimsEvent, ClaimsResult, Verdict } from "@heddle/claims";
import { figure } from "@heddle/lab";
import { duration, times } from "./number.js";
import { harmless, type Paint } from "./paint.js";
import { progressBar } from "./progress.js";
import { table } from "./table.js";
import { fold } from "./text.js";

const ORDER: readonly Verdict[] = ["confirmed", "refuted", "depends", "undecided", "not-testable"];

/** What one event says on the progress line, or null. */
export function claimsProgress(event: ClaimsEvent): string | null {
  if (event.type === "building") return `building ${harmless(event.file)} of ${harmless(event.id)}`;
  if (event.type !== "measuring") return null;
  const left = event.leftS > 0 && Number.isFinite(event.leftS) ? `, ${duration(event.leftS)} left` : "";
  return `${progressBar(event.done, event.total)} ${harmless(event.id)}${left}`;
}

/** Every claim with its verdict and the numbers behind it, then the tally. */
export function verdictsText(result: ClaimsResult, width: number, paint: Paint): string {
  const { machine } = result;
  const box = `${harmless(machine.cpu)}, ${times(machine.cores, "core")}, ${harmless(machine.os)}`;
  const head = [
    fold(`Measured on ${box}; seed ${result.seed}, took ${duration(result.tookS)}.`, width, "  "),
  ];
  if (result.partial !== null) head.push(paint.warn(`Not whole: ${harmless(result.partial)}`));
  const claims = result.claims.map((claim) => verdictText(claim, width, paint));
  return [...head, ...claims, tally(result)].join("\n\n");
}

function verdictText(result: ClaimResult, width: number, paint: Paint): string {
  const on = result.on === null ? "" : ` on ${harmless(result.on)}`;
  const title = `${verdictWord(result.verdict, paint)}${on}  ${paint.dim(harmless(result.id))}`;
  const lines = [
    title,
    fold(`  "${harmless(result.claim)}"`, width, "   "),
    fold(`  ${harmless(result.why)}`, width, "  "),
  ];
  const effect = effectText(result);
  if (effect !== "") lines.push(paint.dim(fold(`  ${effect}`, width, "  ")));
  if (result.where !== null) lines.push(paint.dim(fold(`  try: ${harmless(result.where)}`, width, "  ")));
  return lines.map((line, at) => (at === 0 ? line : indented(line))).join("\n");
}

/** `fold` drops the spaces a line begins with. */
function indented(line: string): string {
  return line.startsWith(" ") ? line : `  ${line}`;
}

/** "memory of a thread: 36.3 KB (36.2 to 36.4), 3 runs", or nothing without numbers. */
export function effectText({ effect, runs }: ClaimResult): string {
  if (effect === null) return "";
  const unit = effect.unit === "" ? "" : ` ${harmless(effect.unit)}`;
  const [low, high] = effect.interval;
  const spread = runs > 1 ? ` (${figure(low)} to ${figure(high)})` : "";
  return `${harmless(effect.name)}: ${figure(effect.value)}${unit}${spread}, ${times(runs, "run")}`;
}

export function verdictWord(verdict: Verdict, paint: Paint): string {
  if (verdict === "confirmed") return paint.good(verdict);
  if (verdict === "refuted") return paint.bad(verdict);
  return verdict === "depends" ? paint.warn(verdict) : paint.dim(verdict);
}

function tally({ claims }: ClaimsResult): string {
  const parts = ORDER.map((verdict) => ({
    verdict,
    count: claims.filter((claim) => claim.verdict === verdict).length,
  })).filter(({ count }) => count > 0);
  return `${times(claims.length, "claim")}: ${parts.map(({ verdict, count }) => `${count} ${verdict}`).join(", ")}.`;
}

export interface ClaimRow {
  readonly id: string;
  readonly topic: string;
  readonly claim: string;
  readonly verdict: Verdict | null;
}

/** `heddle claims list`. */
export function claimsTable(rows: readonly ClaimRow[], width: number, paint: Paint): string {
  return table(
    rows,
    [
      { title: "id", rank: 0, align: "left", of: (row) => harmless(row.id) },
      { title: "topic", rank: 3, align: "left", of: (row) => row.topic },
      { title: "last verdict", rank: 1, align: "left", of: (row) => row.verdict ?? "-" },
      { title: "claim", rank: 0, align: "left", of: (row) => harmless(row.claim), clip: true },
    ],
    width,
    paint,
  );
}
