import type { ClaimsResult } from "@heddle/claims";
import { chaptersOf, headline } from "@heddle/claims/words";
import { pageBundle } from "./bundle.js";
import { documentOf } from "./document.js";
import { claimArticle } from "./render/claims/claim.js";
import { hero, tallyWidths } from "./render/claims/hero.js";
import { MARKS } from "./render/claims/mark.js";
import { claimsMethod } from "./render/claims/method.js";
import { filters, overview } from "./render/claims/overview.js";
import { type Html, html } from "./render/html.js";
import { topBar } from "./render/top.js";
import { plain } from "./shared/text.js";

/**
 * The verdicts on claims as one HTML file that opens offline, under the same policy as the report of a comparison.
 * Everything in `result` is taken for hostile text. Throws when the page was not built (`npm run build`).
 */
export function renderClaims(result: ClaimsResult): string {
  return documentOf({
    title: `${headline(result.claims)} · Heddle claims`,
    bundle: pageBundle("claims"),
    style: tallyWidths(result),
    body: page(result),
    data: result,
  });
}

function page(result: ClaimsResult): Html {
  return html`<a class="skip" href="#overview">Skip to the claims</a>${topBar("claims", result)}${MARKS}
<main>${hero(result)}
${result.claims.length > 0 && html`${filters(result)}${overview(result)}`}
${chaptersOf(result.claims).map(
  ({ chapter, claims }) =>
    html`<section id="t-${chapter.topic}" class="chapter" data-chapter aria-labelledby="t-${chapter.topic}-h"><p class="eyebrow">${chapter.name}</p><h2 id="t-${chapter.topic}-h">${chapter.title}</h2><p class="detail">${chapter.intro}</p>${claims.map(
      (claim) => claimArticle(claim, result.claims.indexOf(claim)),
    )}</section>\n`,
)}
${claimsMethod(result)}</main>
<footer><p>Made by Heddle ${plain(result.heddle, 40)} from experiments on one machine. Other machines, other numbers: <code>heddle claims</code> decides them on yours.</p></footer>
<noscript><p class="noscript">The charts, the filter and the download need scripts; all figures are in the tables.</p></noscript>`;
}
