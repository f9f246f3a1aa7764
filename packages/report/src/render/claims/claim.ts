import type { ClaimResult } from "@heddle/claims";
import { effectWords, untoldFailures } from "@heddle/claims/words";
import { amount } from "../../shared/number.js";
import { plain } from "../../shared/text.js";
import { type Html, html } from "../html.js";
import { words } from "../name.js";
import { badge } from "./mark.js";
import { numbersFold } from "./numbers.js";
import { placeOf } from "./overview.js";
import { pictureOf } from "./picture.js";
import { prose, quoted } from "./prose.js";

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

function effect(claim: ClaimResult): Html | null {
  const effect = effectWords(claim, { figure: amount, text: plain });
  if (effect === null) return null;
  return html`<p class="effect"><strong><bdi>${effect.amount}</bdi></strong> <span><bdi>${effect.name}</bdi></span><small>${effect.spread}</small></p>`;
}

function how({ experiment, rule, id }: ClaimResult): Html | null {
  if (experiment === null && rule === null) return null;
  return html`<details class="fold how"><summary>Experiment and rule</summary><dl>${experiment !== null && html`<div><dt>What was done</dt><dd>${prose(experiment)}</dd></div>`}${rule !== null && html`<div><dt>The rule, written before</dt><dd>${prose(rule)}</dd></div>`}<div><dt>Decide it yourself</dt><dd><code class="command">heddle claims run ${plain(id, 80)}</code></dd></div></dl></details>`;
}

function failures(claim: ClaimResult): Html | null {
  const { first, more } = untoldFailures(claim);
  if (first.length === 0) return null;
  const count = first.length + more;
  return html`<div class="failures"><p>${count === 1 ? "One run" : `${count} runs`} gave no numbers:</p><ul>${first.map((failure) => html`<li>${words(failure, 400)}</li>`)}${more > 0 && html`<li>and ${more} more, in the raw data</li>`}</ul></div>`;
}
