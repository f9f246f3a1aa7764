import type { CompareResult } from "@heddle/lab";
import { plain } from "../shared/text.js";
import { type Html, html } from "./html.js";
import { modelName, type StyleOf, words } from "./name.js";
import { scrolling } from "./table.js";

const WORK = [
  { id: "io", name: "I/O-bound", about: "waits far more than it computes" },
  { id: "mixed", name: "Mixed", about: "waits and computes" },
  { id: "cpu", name: "CPU-bound", about: "computes far more than it waits" },
] as const;

/** Kind of work x language: the best model measured of each language. */
export function summarySection(result: CompareResult, styleOf: StyleOf): Html | null {
  if (result.summary.length === 0) return null;
  const languages = [...new Set(result.summary.map((entry) => entry.language))].toSorted();
  const kinds = WORK.filter((work) => result.summary.some((entry) => entry.work === work.id));
  return html`<section id="summary" aria-labelledby="summary-h"><p class="eyebrow">By kind of work</p><h2 id="summary-h">The best model of each language</h2>${scrolling(
    "Best model by kind of work and language",
    html`<table class="data summary"><caption><span>From what was measured here; nothing is filled in from elsewhere.</span></caption><thead><tr><th scope="col">Language</th>${kinds.map(
      (work) => html`<th scope="col">${work.name}<small>${work.about}</small></th>`,
    )}</tr></thead><tbody>${languages.map(
      (language) =>
        html`<tr><th scope="row"><bdi>${plain(language, 40)}</bdi></th>${kinds.map((work) => {
          const entry = result.summary.find((one) => one.language === language && one.work === work.id);
          if (entry === undefined) return html`<td class="empty">not measured</td>`;
          return html`<td>${entry.model === null ? html`<span class="empty">none</span>` : modelName(entry.model, styleOf)}<small>${words(entry.why, 400)}</small></td>`;
        })}</tr>`,
    )}</tbody></table>`,
  )}</section>`;
}
