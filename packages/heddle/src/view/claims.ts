import type { ClaimResult, ClaimsEvent, ClaimsResult, Verdict } from "@heddle/claims";
import { cares, coresText, effectWords, headline, sentence, tallyText, wordsOf } from "@heddle/claims/words";
import { figure } from "@heddle/lab";
import { duration } from "./number.js";
import { harmless, type Paint } from "./paint.js";
import { progressBar } from "./progress.js";
import { table } from "./table.js";
import { fold } from "./text.js";

/** What one event says on the progress line, or null. */
export function claimsProgress(event: ClaimsEvent): string | null {
  if (event.type === "building") return `building ${harmless(event.file)} of ${harmless(event.id)}`;
  if (event.type !== "measuring") return null;
  const left = event.leftS > 0 && Number.isFinite(event.leftS) ? `, ${duration(event.leftS)} left` : "";
  return `${progressBar(event.done, event.total)} ${harmless(event.id)}${left}`;
}

/** Every claim with its verdict and the numbers behind it, then the result in one line and the tally. */
export function verdictsText(result: ClaimsResult, width: number, paint: Paint): string {
  const { machine } = result;
  const box = `${harmless(machine.cpu)}, ${coresText(machine.cores)}, ${harmless(machine.os)}`;
  const head = [
    fold(`Measured on ${box}; seed ${result.seed}, took ${duration(result.tookS)}.`, width, "  "),
  ];
  for (const { head: what, why } of cares(result))
    head.push(paint.warn(fold(`${what}: ${harmless(why)}.`, width, "  ")));
  const claims = result.claims.map((claim) => verdictText(claim, width, paint));
  return [...head, ...claims, ending(result, width)].join("\n\n");
}

function verdictText(result: ClaimResult, width: number, paint: Paint): string {
  const on = result.on === null ? "" : ` on ${harmless(result.on)}`;
  const title = `${verdictWord(result.verdict, paint)}${on}  ${paint.dim(harmless(result.id))}`;
  const lines = [
    title,
    fold(`  "${harmless(result.claim)}"`, width, "   "),
    fold(`  ${harmless(sentence(result.why))}`, width, "  "),
  ];
  const effect = effectText(result);
  if (effect !== "") lines.push(paint.dim(fold(`  ${effect}`, width, "  ")));
  if (result.where !== null)
    lines.push(paint.dim(fold(`  To decide it: ${harmless(result.where)}`, width, "  ")));
  return lines.map((line, at) => (at === 0 ? line : indented(line))).join("\n");
}

/** `fold` drops the spaces a line begins with. */
function indented(line: string): string {
  return line.startsWith(" ") ? line : `  ${line}`;
}

/** "36.3 KB (95 % interval 36.2 to 36.4, 3 runs): memory of a thread", or nothing without numbers. */
export function effectText(claim: ClaimResult): string {
  const effect = effectWords(claim, { figure, text: harmless });
  return effect === null ? "" : `${effect.amount} (${effect.spread}): ${effect.name}`;
}

export function verdictWord(verdict: Verdict, paint: Paint): string {
  const word = wordsOf(verdict).word.toLowerCase();
  if (verdict === "confirmed") return paint.good(word);
  if (verdict === "refuted") return paint.bad(word);
  return verdict === "depends" ? paint.warn(word) : paint.dim(word);
}

function ending({ claims }: ClaimsResult, width: number): string {
  const tally = claims.length > 1 ? `: ${tallyText(claims)}` : "";
  return fold(`${headline(claims)}${tally}.`, width, "  ");
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
      {
        title: "last verdict",
        rank: 1,
        align: "left",
        of: (row) => (row.verdict === null ? "-" : verdictWord(row.verdict, paint)),
      },
      { title: "claim", rank: 0, align: "left", of: (row) => harmless(row.claim), clip: true },
    ],
    width,
    paint,
  );
}
