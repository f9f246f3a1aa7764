import { createHash } from "node:crypto";
import type { CompareResult } from "@heddle/lab";
import { pageBundle } from "./bundle.js";
import { appendix } from "./render/appendix.js";
import { headline } from "./render/headline.js";
import { type Html, html } from "./render/html.js";
import { methodSection } from "./render/method.js";
import { modelsSection } from "./render/models.js";
import type { StyleOf } from "./render/name.js";
import { summarySection } from "./render/summary.js";
import { sweepSection } from "./render/sweep.js";
import { workloadSection } from "./render/workload.js";
import { duration } from "./shared/number.js";
import { type ModelStyle, modelStyles } from "./shared/palette.js";
import { plain } from "./shared/text.js";
import { grouped, workloadTitle } from "./shared/workload.js";

/**
 * The whole result as one HTML file that opens offline: no address in it is ever loaded, and its content
 * security policy allows exactly the one script and the one style it carries.
 * Everything in `result` is taken for hostile text. Throws when the page was not built (`npm run build`).
 */
export function renderReport(result: CompareResult): string {
  const bundle = pageBundle();
  const styles = modelStyles(result);
  const style = `${bundle.style}\n${modelColours(styles)}`;
  const policy = [
    "default-src 'none'",
    `script-src ${digest(bundle.script)}`,
    `style-src ${digest(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const title =
    result.decision.model === null
      ? "Heddle compare"
      : `${plain(result.decision.model, 80)} · Heddle compare`;
  // Script and style are ours and go in as they are; their hashes in the policy are over these very bytes.
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${html`<meta http-equiv="Content-Security-Policy" content="${policy}">`}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
${html`<title>${title}</title>`}
<style>${style}</style>
</head>
<body>
${page(result, styles)}
<script type="application/json" id="data">${embedded(result)}</script>
<script>${bundle.script}</script>
</body>
</html>
`;
}

function page(result: CompareResult, styles: readonly ModelStyle[]): Html {
  const { plain: groups, sweeps } = grouped(result);
  const styleOf: StyleOf = (model) => styles.find((one) => one.model === model);
  const links = [
    ...groups.map((group, at) => ({ to: `w${at}`, name: workloadTitle(group.workload) })),
    ...sweeps.map((_, at) => ({ to: `s${at}`, name: "Sweep" })),
    ...(result.summary.length > 0 ? [{ to: "summary", name: "By kind of work" }] : []),
    { to: "models", name: "Models" },
    { to: "method", name: "Method" },
    { to: "appendix", name: "Run by run" },
  ];
  return html`<a class="skip" href="#decision">Skip to the decision</a><header class="top"><p class="brand">Heddle <span>compare</span></p><p class="when"><time datetime="${plain(result.createdAt, 40)}">${plain(result.createdAt, 40).replace("T", " ").slice(0, 16)}</time> · ${duration(result.tookS)}</p><div class="tools"><button type="button" data-theme-toggle aria-pressed="false">Dark</button><button type="button" class="download" data-download>Raw data</button></div></header>
<nav class="contents" aria-label="Contents"><ul>${links.map((link) => html`<li><a href="#${link.to}">${link.name}</a></li>`)}</ul></nav>
<main>${headline(result, styleOf)}
${groups.map((group, at) => workloadSection(result, group, `w${at}`, styles))}
${sweeps.map((sweep, at) => sweepSection(result, sweep, `s${at}`, styles))}
${summarySection(result, styleOf)}
${modelsSection(result, styleOf)}
${methodSection(result)}
${appendix(result)}</main>
<footer><p>Made by Heddle ${plain(result.heddle, 40)} from one run on one machine. Other machines, other numbers: measure on yours.</p></footer>
<noscript><p class="noscript">The charts, sorting and the download need scripts; all figures are in the tables.</p></noscript>`;
}

/** JSON that cannot end its script element: the same data when parsed. */
function embedded(result: CompareResult): string {
  return JSON.stringify(result).replace(/</gu, "\\u003c");
}

/** The colours of the models as CSS variables; charts and swatches read the same ones. */
function modelColours(styles: readonly ModelStyle[]): string {
  const set = (theme: "light" | "dark") =>
    styles.map((style) => `--m${style.index}:${style[theme]}`).join(";");
  const classes = styles.map((style) => `.m${style.index}{color:var(--m${style.index})}`).join("");
  return `:root{${set("light")}}:root[data-theme=dark]{${set("dark")}}@media(prefers-color-scheme:dark){:root:not([data-theme=light]){${set("dark")}}}@media print{:root:root:root{${set("light")}}}${classes}`;
}

function digest(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}
