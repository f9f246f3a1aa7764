import type { CompareResult } from "@heddle/lab";
import { exact } from "../shared/number.js";
import type { ModelStyle } from "../shared/palette.js";
import { cpuMsOf, type SweepGroup } from "../shared/workload.js";
import { type Html, html } from "./html.js";
import { legend, numberOf, plot, workloadBody } from "./workload.js";

/** The same server under rising shares of CPU: one curve per model, and every point in full behind a fold. */
export function sweepSection(
  result: CompareResult,
  sweep: SweepGroup,
  at: string,
  styles: readonly ModelStyle[],
): Html {
  const names = new Set(sweep.points.flatMap((point) => point.cells.map((cell) => cell.model)));
  const numbers = sweep.points.map((point) => numberOf(result, point));
  const values = sweep.points.map((point) => exact(cpuMsOf(point))).join(", ");
  return html`<section id="${at}" aria-labelledby="${at}-h"><p class="eyebrow">Sweep</p><h2 id="${at}-h">How much computing each model bears</h2><p class="detail">The same requests with ${values} ms of computing each. A curve ends where a model was void; a hollow mark at the upper edge stands for that point, and its reason is in the tables below.</p>
<figure class="chart wide"><figcaption><h3>Over the computing per request</h3><p>Lower is better.</p></figcaption><div class="choose" role="group" aria-label="Figure shown"><button type="button" class="chip" data-metric="p99" aria-pressed="true">p99 latency</button><button type="button" class="chip" data-metric="p50" aria-pressed="false">p50 latency</button><button type="button" class="chip" data-metric="share" aria-pressed="false">share of the CPU used</button></div>${legend(styles.filter((style) => names.has(style.model)))}${plot("sweep", numbers, `p99 latency against computing per request, one curve for each of ${names.size} models. The tables below have the figures.`)}</figure>${sweep.points.map(
    (point) =>
      html`<details class="point"><summary>${exact(cpuMsOf(point))} ms of computing per request</summary>${workloadBody(result, point, styles)}</details>`,
  )}</section>`;
}
