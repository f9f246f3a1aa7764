import type { CompareResult } from "@heddle/lab";
import { exact } from "../shared/number.js";
import { plain } from "../shared/text.js";
import { type Html, html } from "./html.js";
import { type Fact, machineList } from "./machine.js";
import { words } from "./name.js";

/** The machine, what it could not do, and how the numbers came to be. */
export function methodSection(result: CompareResult): Html {
  return html`<section id="method" aria-labelledby="method-h"><p class="eyebrow">Where and how</p><h2 id="method-h">How it was measured</h2>${machineList(result, ownFacts(result))}${notices(result)}<div class="prose">${METHOD}</div></section>`;
}

function ownFacts({ machine, heddle, placement, runsPlanned, preset }: CompareResult): Fact[] {
  return [
    ["Node", words(machine.node, 40)],
    ["Heddle", html`${words(heddle, 40)}, ${preset} preset, ${exact(runsPlanned)} runs each`],
    ["Placement", words(placement, 200)],
  ];
}

function notices(result: CompareResult): Html {
  if (result.preflight.length === 0)
    return html`<p class="note">The check before the start found nothing this machine cannot do.</p>`;
  return html`<h3>Checked before the start</h3><ul class="notices">${result.preflight.map(
    (notice) =>
      html`<li><span class="badge${notice.severity === "info" ? null : " care"}">${notice.severity}</span> ${words(notice.message, 600)}${notice.mend !== null && html` <code class="command">${plain(notice.mend, 500)}</code>`}</li>`,
  )}</ul>`;
}

const METHOD = html`<h3>In plain words</h3>
<p><strong>Requests arrive on their own clock.</strong> In the serving workloads a request is sent when its moment has come, whether or not earlier ones were answered, and its latency counts from that intended moment. A server that stalls is charged for everybody who would have waited. The waiting and hashing workloads submit all tasks at once, and count from there.</p>
<p><strong>Every run is a fresh process.</strong> Nothing is carried over from one run to the next: no warm code, no grown heap. Load before the measured window warms a server up, and whether it was still warming up is tested, not assumed.</p>
<p><strong>Runs are interleaved at random.</strong> Each round runs every model once, in an order drawn from the seed, so that a machine that slows down slows all of them. The order of each run is listed below.</p>
<p><strong>A difference is a difference only if its interval says so.</strong> Intervals are 95 % intervals between runs (bootstrap, widened by Student’s t where runs are few), not between the thousands of requests of one run, which share the fate of their process. Where the interval of the ratio of two models contains one, they are tied.</p>
<p><strong>The numbers must obey the laws of queueing.</strong> Requests in the system must equal rate times latency (Little), and processors in use must equal rate times processor time per task (utilization). A cell more than 5 % off is void.</p>
<p><strong>Void means: not vouched for.</strong> The load generator was the bottleneck, arrivals fell short, requests failed, the server could not keep up, or a law did not hold. Such a cell is shown with its reason and without numbers, because a number that nobody vouches for gets quoted.</p>
<p><strong>Memory is that of the whole process tree,</strong> with pages shared among its processes counted once, and kernel stacks and page tables included. Baseline: ready and before any work. Plateau: at work. Peak: the highest seen.</p>`;
