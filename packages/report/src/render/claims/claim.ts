import type { ClaimResult } from "@heddle/claims";
import { withUnit } from "@heddle/claims/words";
import { amount, span } from "../../shared/number.js";
import { plain } from "../../shared/text.js";
import { type Html, html } from "../html.js";
import { words } from "../name.js";
import { badge } from "./mark.js";
import { numbersFold } from "./numbers.js";
import { placeOf } from "./overview.js";
import { pictureOf } from "./picture.js";
import { prose, quoted } from "./prose.js";

const MOST_FAILURES = 5;

/** One claim: what is said, what was found, and what to do. `at` is its number in the result. */
export function claimArticle(claim: ClaimResult, at: number): Html {
  const place = placeOf(claim, at);
  const seen = html`${effect(claim)}${claim.picture !== null && pictureOf(claim.picture, at)}`;
  const shown = claim.effect !== null || claim.picture !== null;
  return html`<article id="${place}" class="claim v-${claim.verdict}" data-verdict="${claim.verdict}" aria-labelledby="${place}-h"><div class="told"><p class="found">${badge(claim.verdict)}${claim.on !== null && html` <span class="on">on ${words(claim.on, 200)}</span>`}<a class="self" href="#${place}" aria-label="Link to this claim">#</a></p>
<h3 id="${place}-h"><q>${quoted(claim.claim, 400)}</q></h3><p class="source">${words(claim.source, 400)}</p><p class="because">${prose(claim.why)}</p>${
    claim.where !== null &&
    html`<p class="where"><strong>To decide it:</strong> ${words(claim.where, 600)}</p>`
  }${failures(claim)}</div>${
    shown && html`<div class="seen">${seen}</div>`
  }<div class="practice"><h4>In practice</h4><p>${prose(claim.practice)}</p></div><div class="folds">${how(claim)}${numbersFold(claim)}</div></article>`;
}

function effect({ effect, runs }: ClaimResult): Html | null {
  if (effect === null) return null;
  const unit = plain(effect.unit, 24);
  const [low, high] = effect.interval;
  const interval =
    runs < 2
      ? "one run, so no interval"
      : low === high
        ? `the same in all ${runs} runs`
        : `95 % interval ${withUnit(span(effect.interval), unit)}, ${runs} runs`;
  return html`<p class="effect"><strong><bdi>${withUnit(amount(effect.value), unit)}</bdi></strong> <span>${words(effect.name, 300)}</span><small>${interval}</small></p>`;
}

function how({ experiment, rule, id }: ClaimResult): Html | null {
  if (experiment === null && rule === null) return null;
  return html`<details class="fold how"><summary>Experiment and rule</summary><dl>${experiment !== null && html`<div><dt>What was done</dt><dd>${prose(experiment)}</dd></div>`}${rule !== null && html`<div><dt>The rule, written before</dt><dd>${prose(rule)}</dd></div>`}<div><dt>Decide it yourself</dt><dd><code class="command">heddle claims run ${plain(id, 80)}</code></dd></div></dl></details>`;
}

/** Runs without numbers, unless the reason of the verdict tells of them already. */
function failures({ failures, why }: ClaimResult): Html | null {
  const untold = failures.filter((failure) => !why.includes(failure));
  if (untold.length === 0) return null;
  const more = untold.length - MOST_FAILURES;
  return html`<div class="failures"><p>${untold.length === 1 ? "One run" : `${untold.length} runs`} gave no numbers:</p><ul>${untold.slice(0, MOST_FAILURES).map((failure) => html`<li>${words(failure, 400)}</li>`)}${more > 0 && html`<li>and ${more} more, in the raw data</li>`}</ul></div>`;
}
