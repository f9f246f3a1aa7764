import type { CompareResult } from "@heddle/lab";
import { plain } from "../shared/text.js";
import { type Html, html } from "./html.js";
import { modelName, type StyleOf, words } from "./name.js";
import { table } from "./table.js";

/** What was measured, with versions; and what was not, with the command that would change that. */
export function modelsSection(result: CompareResult, styleOf: StyleOf): Html {
  const measured = result.models.filter((entry) => entry.state === "measured");
  const absent = result.models.filter((entry) => entry.state !== "measured");
  return html`<section id="models" aria-labelledby="models-h"><p class="eyebrow">Models</p><h2 id="models-h">What ran, and what could not</h2>${
    absent.length > 0 &&
    html`<dl class="absent">${absent.map(
      (entry) =>
        html`<div><dt>${modelName(entry.name, styleOf)}<span class="badge">${entry.state === "failed" ? "failed" : "not installed"}</span></dt><dd>${entry.why !== null && words(entry.why, 1_000)}${entry.install !== null && html` <code class="command">${plain(entry.install, 500)}</code>`}</dd></div>`,
    )}</dl>`
  }${table(
    "Models measured",
    [
      { head: "Model", cell: (entry) => modelName(entry.name, styleOf) },
      { head: "Language", cell: (entry) => words(entry.language, 40) },
      { head: "Version", cell: (entry) => (entry.version === null ? "–" : words(entry.version, 120)) },
      { head: "What it is", cell: (entry) => words(entry.summary, 300) },
    ],
    measured,
  )}</section>`;
}
