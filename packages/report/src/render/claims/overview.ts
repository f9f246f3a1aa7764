import type { ClaimsResult } from "@heddle/claims";
import { chaptersOf, tally, wordsOf } from "@heddle/claims/words";
import { plain } from "../../shared/text.js";
import { type Html, html } from "../html.js";
import { mark } from "./mark.js";
import { quoted } from "./prose.js";

/** Where a claim stands on the page: by its id, which is published and stays, unless that is no name of a folder. */
export function placeOf({ id }: { readonly id: string }, at: number): string {
  return /^[\w-]{1,80}$/u.test(id) ? `claim-${id}` : `claim-${at}`;
}

/** Buttons by verdict and a search: hidden until the script that serves them runs. */
export function filters({ claims }: ClaimsResult): Html {
  return html`<div class="filters" role="search" hidden><div class="chips" role="group" aria-label="Verdicts shown"><button type="button" class="chip" data-filter="" aria-pressed="true">All <b>${claims.length}</b></button>${tally(
    claims,
  )
    .filter(({ count }) => count > 0)
    .map(
      ({ verdict, word, count }) =>
        html`<button type="button" class="chip" data-filter="${verdict}" aria-pressed="false">${mark(verdict)}${word} <b>${count}</b></button>`,
    )}</div><input type="search" class="find" placeholder="Search the claims" aria-label="Search the claims" autocomplete="off" spellcheck="false"><p class="shown" role="status"></p></div>`;
}

/** Every claim on one screen, by chapter. */
export function overview({ claims }: ClaimsResult): Html {
  return html`<section id="overview" aria-labelledby="overview-h"><h2 id="overview-h" class="sr">All claims</h2><div class="groups">${chaptersOf(
    claims,
  ).map(
    ({ chapter, claims: own }) =>
      html`<div class="group-of" data-group><h3><a href="#t-${chapter.topic}">${chapter.name}</a></h3><ul>${own.map(
        (claim) => {
          const place = placeOf(claim, claims.indexOf(claim));
          return html`<li data-entry="${place}"><a href="#${place}" title="${plain(claim.claim, 400)}">${mark(claim.verdict)}<span class="sr">${wordsOf(claim.verdict).word}: </span>${quoted(claim.claim, 400)}</a></li>`;
        },
      )}</ul></div>`,
  )}</div><p class="nothing" hidden>No claim is like that. <button type="button" class="download" data-reset>Show all</button></p></section>`;
}
