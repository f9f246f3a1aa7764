import type { ClaimResult, FoundClaim } from "@heddle/claims";
import { sentence, untoldFailures } from "@heddle/claims/words";
import { figure } from "@heddle/lab";
import { effectText, verdictWord } from "./claims.js";
import { harmless, type Paint } from "./paint.js";
import { fold } from "./text.js";

export interface ShownClaim {
  readonly found: FoundClaim;
  readonly code: readonly { readonly file: string; readonly text: string }[];
  /** Of the last run in the folder of results, or null. */
  readonly last: ClaimResult | null;
}

/** One claim whole: words, experiment, rule, what was measured, practice, and the code. */
export function claimText({ found: { claim }, code, last }: ShownClaim, width: number, paint: Paint): string {
  const part = (title: string, text: string): string =>
    `${paint.bold(title)}\n${indent(fold(harmless(text), width - 2))}`;
  const parts = [
    `${paint.bold(harmless(claim.id))}\n${indent(fold(`"${harmless(claim.claim)}"`, width - 2))}`,
    part("Source", claim.source),
  ];
  if ("untestable" in claim) {
    parts.push(part("Not testable", claim.untestable.why), part("To decide it", claim.untestable.where));
  } else {
    parts.push(part("Experiment", claim.experiment), part("Rule, written before the run", claim.rule));
    parts.push(`${paint.bold("Measured here")}\n${indent(measured(claim.id, last, width - 2, paint))}`);
  }
  parts.push(part("In practice", claim.practice));
  for (const { file, text } of code) {
    const lines = text.trimEnd().split("\n").map(harmlessLine);
    parts.push(`${paint.bold(file)}\n${indent(lines.join("\n"))}`);
  }
  return parts.join("\n\n");
}

function measured(id: string, last: ClaimResult | null, width: number, paint: Paint): string {
  if (last === null) return `nothing yet: heddle claims run ${id}`;
  const on = last.on === null ? "" : ` on ${harmless(last.on)}`;
  const failures = untoldFailures(last);
  const lines = [
    fold(`${verdictWord(last.verdict, paint)}${on}: ${harmless(sentence(last.why))}`, width),
    fold(effectText(last), width),
    last.where === null ? "" : fold(`To decide it: ${harmless(last.where)}`, width),
    ...failures.first.map((failure) => fold(`A run gave no numbers: ${harmless(failure)}`, width, "  ")),
    failures.more === 0 ? "" : `And ${failures.more} more runs gave none`,
    ...numberLines(last.numbers, width),
  ];
  return lines.filter((line) => line !== "").join("\n");
}

/** Values one below the other; a sweep goes on below its first values. */
function numberLines(numbers: ClaimResult["numbers"], width: number): string[] {
  const rows = Object.entries(numbers).map(([name, value]) => ({ name: harmless(name), value }));
  const room = Math.max(0, ...rows.map(({ name }) => name.length)) + 2;
  return rows.flatMap(({ name, value }) =>
    fold(numberText(value), Math.max(20, width - room))
      .split("\n")
      .map((line, at) => `${(at === 0 ? name : "").padEnd(room)}${line}`),
  );
}

function numberText(value: ClaimResult["numbers"][string]): string {
  if (value === null) return "-";
  if (typeof value === "string") return harmless(value);
  return typeof value === "number" ? figure(value) : value.map(figure).join(", ");
}

/** Tabs are kept as two spaces: Go's code has them, and everything else below a space goes. */
function harmlessLine(line: string): string {
  return harmless(line.replaceAll("\t", "  "));
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? line : `  ${line}`))
    .join("\n");
}
