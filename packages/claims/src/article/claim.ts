import { figure } from "@heddle/lab";
import type { ClaimResult } from "../result/schema.js";
import { code, text } from "./markdown.js";
import { pictureTable } from "./picture.js";
import { sentence, withUnit, wordsOf } from "./words.js";

const MOST_FAILURES = 5;

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

/** `35.2 KB, 34.8 to 35.6 over 3 runs`: the figure with what is known of its spread. */
function effectText({ effect, runs }: ClaimResult): string {
  if (effect === null) return "";
  const [low, high] = effect.interval;
  const spread =
    runs < 2
      ? "one run"
      : low === high
        ? `the same in all ${runs} runs`
        : `95 % interval ${figure(low)} to ${figure(high)}, ${runs} runs`;
  return `**${withUnit(figure(effect.value), text(effect.unit, 24))}** (${spread})`;
}

function effectLine(claim: ClaimResult): string {
  return claim.effect === null ? "" : `${effectText(claim)}: ${text(claim.effect.name, 300)}.`;
}

function told(head: string, what: string | null): string {
  return what === null || what.trim() === "" ? "" : `**${head}.** ${text(sentence(what))}`;
}

/** Runs without numbers, unless the reason of the verdict tells of them already. */
function failures({ failures, why }: ClaimResult): string {
  const untold = failures.filter((failure) => !why.includes(failure));
  if (untold.length === 0) return "";
  const shown = untold.slice(0, MOST_FAILURES).map((failure) => `- ${text(failure, 400)}`);
  const more =
    untold.length > MOST_FAILURES ? [`- and ${untold.length - MOST_FAILURES} more in the result`] : [];
  return ["**Runs that gave no numbers:**", "", ...shown, ...more].join("\n");
}
