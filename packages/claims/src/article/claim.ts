import { figure } from "@heddle/lab";
import type { ClaimResult } from "../result/schema.js";
import { code, text } from "./markdown.js";
import { pictureTable } from "./picture.js";
import { effectWords, sentence, untoldFailures, wordsOf } from "./words.js";

/** One claim of the article, from its heading to its lesson. */
export function claimSection(claim: ClaimResult): string {
  const { word, sign } = wordsOf(claim.verdict);
  const on = claim.on === null ? "" : ` on ${text(claim.on, 200)}`;
  const parts = [
    `### ${text(claim.claim, 400)}`,
    `Said in: *${text(claim.source, 400)}*. Decide it yourself: ${code(`heddle claims run ${claim.id}`)}`,
    `**${sign} ${word}${on}.** ${text(sentence(claim.why))}`,
    effectLine(claim),
    claim.picture === null ? "" : pictureTable(claim.picture),
    told("What was done", claim.experiment),
    told("The rule", claim.rule),
    claim.where === null ? "" : `**To decide it:** ${text(claim.where, 600)}`,
    failures(claim),
    told("In practice", claim.practice),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function effectLine(claim: ClaimResult): string {
  const effect = effectWords(claim, { figure, text });
  return effect === null ? "" : `**${effect.amount}** (${effect.spread}): ${effect.name}.`;
}

function told(head: string, what: string | null): string {
  return what === null || what.trim() === "" ? "" : `**${head}.** ${text(sentence(what))}`;
}

function failures(claim: ClaimResult): string {
  const { first, more } = untoldFailures(claim);
  if (first.length === 0) return "";
  const shown = first.map((failure) => `- ${text(failure, 400)}`);
  const rest = more > 0 ? [`- and ${more} more in the result`] : [];
  return ["**Runs that gave no numbers:**", "", ...shown, ...rest].join("\n");
}
