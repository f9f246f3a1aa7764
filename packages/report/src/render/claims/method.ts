import type { ClaimsResult } from "@heddle/claims";
import { runtimeText, verdictWords } from "@heddle/claims/words";
import { NOTHING } from "../../shared/number.js";
import { type Html, html } from "../html.js";
import { type Fact, machineList } from "../machine.js";
import { words } from "../name.js";
import { badge } from "./mark.js";

/** How a verdict comes to be, what each means, and the machine. */
export function claimsMethod(result: ClaimsResult): Html {
  return html`<section id="method" aria-labelledby="method-h"><p class="eyebrow">Where and how</p><h2 id="method-h">How a claim is decided</h2><div class="prose">${METHOD}</div><dl class="meanings">${verdictWords.map(
    ({ verdict, about }) => html`<div><dt>${badge(verdict)}</dt><dd>${about}</dd></div>`,
  )}</dl>${machineList(result, ownFacts(result))}<p><button type="button" class="download" data-download>Download the raw data (JSON)</button></p></section>`;
}

const METHOD = html`<p><strong>The rule comes first.</strong> Each claim has an experiment and a rule with fixed lines. The rule was written from what the sentence says, before the experiment ran, and it knows nothing but the numbers.</p>
<p><strong>Runs must agree.</strong> The rule is applied to the numbers of each run and to their medians. If one run alone would give another verdict, the claim is undecided.</p>
<p><strong>Runs are interleaved.</strong> Each round measures every claim once, in an order drawn from the seed, so that a minute of disturbance touches one run of many claims and not all runs of one.</p>
<p><strong>The sentence is judged, not its author.</strong> A verdict is about the words as they stand, on this machine. What was true of an older version, or is true of other hardware, is said in the reason where it was measured.</p>`;

function ownFacts({ machine, runtimes, heddle, preset }: ClaimsResult): Fact[] {
  const versions = Object.entries(runtimes).map(([language, version]) => runtimeText(language, version));
  return [
    ["Runtimes", versions.length === 0 ? NOTHING : words(versions.join(", "), 600)],
    ["Heddle", html`${words(heddle, 40)}, ${preset} preset, on Node ${words(machine.node, 40)}`],
  ];
}
