import type { CompareResult } from "@heddle/lab";
import { type Choice, choiceFor } from "../shared/choice.js";
import { duration, exact, figure, span } from "../shared/number.js";
import { plain } from "../shared/text.js";
import { cpuMsOf, grouped, type SweepGroup, workloadKey, workloadTitle } from "../shared/workload.js";
import { type Html, html } from "./html.js";
import { modelName, type StyleOf, words } from "./name.js";

/** The answer first: the decision with its numbers, what to mind about it, then the choice for each workload. */
export function headline(result: CompareResult, styleOf: StyleOf): Html {
  const { decision } = result;
  return html`<section id="decision" aria-labelledby="decision-h"><p class="eyebrow">Decision</p>
<h1 id="decision-h">${decision.model === null ? "No decision" : html`${modelName(decision.model, styleOf)}`}</h1>
<p class="lead">${words(decision.why)}</p>${cares(result)}${requirement(result)}
<div class="cards">${cards(result, styleOf)}</div>${noise(result)}</section>`;
}

function requirement({ requirement: { p99Ms, memoryMb } }: CompareResult): Html | null {
  const parts = [];
  if (p99Ms !== null) parts.push(`a p99 of at most ${exact(p99Ms)} ms`);
  if (memoryMb !== null) parts.push(`at most ${exact(memoryMb)} MiB of memory`);
  return parts.length === 0 ? null : html`<p class="note">Required: ${parts.join(" and ")}.</p>`;
}

/** What a reader must know before believing the numbers. */
function cares(result: CompareResult): Html | null {
  const cares: Html[] = [];
  if (result.partial !== null) {
    cares.push(html`<li><strong>This result is not whole.</strong> ${words(result.partial)}</li>`);
  }
  if (result.preset === "quick") {
    cares.push(
      html`<li><strong>A quick look.</strong> Short runs, ${exact(result.runsPlanned)} per model: good for a first impression. For a decision, measure again without <code>--quick</code>.</li>`,
    );
  }
  for (const notice of result.preflight.filter((one) => one.severity !== "info")) {
    cares.push(
      html`<li><strong>This machine:</strong> ${words(notice.message)}${notice.mend !== null && html` <code>${plain(notice.mend, 500)}</code>`}</li>`,
    );
  }
  return cares.length === 0 ? null : html`<ul class="cares" aria-label="Mind">${cares}</ul>`;
}

/** One card for each workload; the points of a sweep share one. */
function cards(result: CompareResult, styleOf: StyleOf): Html[] {
  const { sweeps } = grouped(result);
  const inSweeps = new Set(
    sweeps.flatMap((sweep) => sweep.points.map((point) => workloadKey(point.workload))),
  );
  return [
    ...result.choices
      .filter((choice) => !inSweeps.has(workloadKey(choice.workload)))
      .map((choice) => card(result, choice, styleOf)),
    ...sweeps.map((sweep) => sweepCard(result, sweep, styleOf)),
  ];
}

function sweepCard(result: CompareResult, sweep: SweepGroup, styleOf: StyleOf): Html {
  return html`<article class="card"><h3>Sweep: by computing per request</h3><dl class="steps">${sweep.points.map(
    (point) => {
      const model = choiceFor(result, point.workload)?.model ?? null;
      return html`<div><dt>${exact(cpuMsOf(point))} ms</dt><dd>${model === null ? "no choice" : modelName(model, styleOf)}</dd></div>`;
    },
  )}</dl></article>`;
}

function card(result: CompareResult, choice: Choice, styleOf: StyleOf): Html {
  const key = workloadKey(choice.workload);
  const cell = result.cells.find(
    (one) => one.model === choice.model && one.void === null && workloadKey(one.workload) === key,
  );
  const others = choice.ties.filter((model) => model !== choice.model);
  return html`<article class="card"><h3>${workloadTitle(choice.workload)}</h3><p class="pick">${choice.model === null ? "No choice" : modelName(choice.model, styleOf)}</p>${
    cell !== undefined &&
    html`<dl class="facts">${fact("p99", cell.latencyMs?.p99, "ms")}${fact("CPU", cell.cpuMsPerTask, "ms/task")}${fact("memory", cell.memoryMb?.peak, "MiB")}</dl>`
  }<p class="why">${words(choice.why, 600)}</p>${choice.runnerUp !== null && html`<p class="note">Runner-up: ${modelName(choice.runnerUp, styleOf)}</p>`}${others.length > 0 && html`<p class="note">Not told apart from it: ${others.map((model) => html`${modelName(model, styleOf)} `)}</p>`}</article>`;
}

function fact(name: string, value: number | null | undefined, unit: string): Html | null {
  if (value === null || value === undefined) return null;
  return html`<div><dt>${name}</dt><dd>${figure(value)} <small>${unit}</small></dd></div>`;
}

/** The A/A pair in words: how far apart two equal things were measured here. */
function noise(result: CompareResult): Html | null {
  if (result.noise.length === 0) {
    return html`<p class="note">The noise of this machine was not measured in this run (no A/A pair).</p>`;
  }
  return html`<div class="noise">${result.noise.map((pair) => {
    const far = (ratio: { value: number }) => `${figure(Math.abs(ratio.value - 1) * 100, 2)} %`;
    return html`<p><strong>${pair.quiet ? "Quiet" : "Noisy"} machine.</strong> ${modelName(pair.model, styleOfNone)} was measured as if it were two models (${workloadTitle(pair.workload)}). The two differed by ${far(pair.p50Ratio)} in p50 (ratio ${span(pair.p50Ratio.interval)}) and ${far(pair.p99Ratio)} in p99 (ratio ${span(pair.p99Ratio.interval)}). ${pair.quiet ? "Differences below that are the machine's, not a model's." : "A difference between models that is not clearly larger than that means nothing; measure again when the machine is idle."}</p>`;
  })}<p class="note">Measured in ${duration(result.tookS)}.</p></div>`;
}

const styleOfNone: StyleOf = () => undefined;
