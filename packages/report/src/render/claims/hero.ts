import type { ClaimsResult } from "@heddle/claims";
import { cares, coresText, headline, runtimeText, tally, tallyText } from "@heddle/claims/words";
import { duration, figure } from "../../shared/number.js";
import { plain } from "../../shared/text.js";
import { type Html, html } from "../html.js";
import { words } from "../name.js";
import { mark } from "./mark.js";

/** The answer first: how many of the claims hold here, and on what machine. */
export function hero(result: ClaimsResult): Html {
  const counts = tally(result.claims).filter(({ count }) => count > 0);
  return html`<section id="verdicts" class="hero" aria-labelledby="verdicts-h"><p class="eyebrow">Decided by experiment</p>
<h1 id="verdicts-h">${headline(result.claims)}</h1>
<p class="lead">Each sentence below is from a text that people read, or is common advice. What can be tested was put to an experiment on this machine, and judged by a rule that was written before the experiment ran.</p>${
    counts.length > 0 &&
    html`<div class="tally" role="img" aria-label="${tallyText(result.claims)}">${counts.map(
      ({ verdict, count }) => html`<i class="v-${verdict} n${count}"></i>`,
    )}</div><dl class="counts">${counts.map(
      ({ verdict, word, count, about }) =>
        html`<div title="${about}"><dt>${mark(verdict)}${word}</dt><dd class="v-${verdict}">${count}</dd></div>`,
    )}</dl>`
  }${machineLine(result)}${caresOf(result)}</section>`;
}

/** Segments of the bar as wide as their counts: rules of the page, because its policy allows no style attributes. */
export function tallyWidths({ claims }: ClaimsResult): string {
  const counts = new Set(tally(claims).map(({ count }) => count));
  return [...counts].map((count) => `.tally .n${count}{flex-grow:${count}}`).join("");
}

function machineLine({ machine, runtimes, tookS, claims }: ClaimsResult): Html {
  const runs = Math.max(0, ...claims.map((claim) => claim.runs));
  const versions = Object.entries(runtimes).map(([language, version]) =>
    plain(runtimeText(language, version), 60),
  );
  const virtual = machine.virtualization === null ? "" : ` (${plain(machine.virtualization, 40)})`;
  return html`<p class="machine-line">${words(machine.cpu, 120)} · ${coresText(machine.cores)} · ${figure(machine.memoryMb / 1024)} GiB${virtual} · ${words(machine.os, 80)}${versions.map((version) => html` · <span><bdi>${version}</bdi></span>`)} · ${runs === 1 ? "one run" : `up to ${runs} runs`} each, in ${duration(tookS)}</p>`;
}

function caresOf(result: ClaimsResult): Html | null {
  const list = cares(result);
  if (list.length === 0) return null;
  return html`<ul class="cares" aria-label="Mind">${list.map(({ head, why }) => html`<li><strong>${head}:</strong> ${words(why, 400)}</li>`)}</ul>`;
}
