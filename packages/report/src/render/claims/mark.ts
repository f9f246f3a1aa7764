import type { Verdict } from "@heddle/claims";
import { wordsOf } from "@heddle/claims/words";
import { type Html, html } from "../html.js";

/**
 * The shapes of the verdicts, once per page: each differs from the others in outline, so that neither colour nor
 * print is needed to tell them apart.
 */
export const MARKS = html`<svg class="sr" aria-hidden="true" width="0" height="0"><defs>
<symbol id="v-refuted" viewBox="0 0 16 16"><path d="M8 .2 15.8 8 8 15.8.2 8z" fill="currentColor"/><path class="hole" d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6" fill="none" stroke-width="1.7" stroke-linecap="round"/></symbol>
<symbol id="v-confirmed" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.2" fill="currentColor"/><path class="hole" d="m4.7 8.3 2.3 2.3 4.3-4.8" fill="none" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/></symbol>
<symbol id="v-depends" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 1.6a6.4 6.4 0 0 1 0 12.8z" fill="currentColor"/></symbol>
<symbol id="v-undecided" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="2.6 1.9"/><path d="M6.1 6.3c.1-2.5 3.9-2.4 3.8 0 0 1.4-1.8 1.5-1.9 3" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/><circle cx="8" cy="11.4" r=".95" fill="currentColor"/></symbol>
<symbol id="v-not-testable" viewBox="0 0 16 16"><rect x="1.7" y="1.7" width="12.6" height="12.6" rx="2" fill="none" stroke="currentColor" stroke-width="1.4"/><path d="M5 8h6" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/></symbol>
</defs></svg>`;

/** The shape alone; words stand beside it or are given to those who listen. */
export function mark(verdict: Verdict): Html {
  return html`<svg class="mark v-${verdict}" aria-hidden="true"><use href="#v-${verdict}"/></svg>`;
}

export function badge(verdict: Verdict): Html {
  return html`<span class="verdict-badge v-${verdict}">${mark(verdict)}${wordsOf(verdict).word}</span>`;
}
