import type { CompareResult } from "@heddle/lab";
import { pageBundle } from "./bundle.js";
import { documentOf } from "./document.js";
import { appendix } from "./render/appendix.js";
import { headline } from "./render/headline.js";
import { type Html, html } from "./render/html.js";
import { methodSection } from "./render/method.js";
import { modelsSection } from "./render/models.js";
import type { StyleOf } from "./render/name.js";
import { summarySection } from "./render/summary.js";
import { sweepSection } from "./render/sweep.js";
import { topBar } from "./render/top.js";
import { workloadSection } from "./render/workload.js";
import { type ModelStyle, modelStyles } from "./shared/palette.js";
import { plain } from "./shared/text.js";
import { grouped, workloadTitle } from "./shared/workload.js";

/**
 * The whole result as one HTML file that opens offline: no address in it is ever loaded, and its content
 * security policy allows exactly the one script and the one style it carries.
 * Everything in `result` is taken for hostile text. Throws when the page was not built (`npm run build`).
 */
export function renderReport(result: CompareResult): string {
  const styles = modelStyles(result);
  const title =
    result.decision.model === null
      ? "Heddle compare"
      : `${plain(result.decision.model, 80)} · Heddle compare`;
  return documentOf({
    title,
    bundle: pageBundle("page"),
    style: modelColours(styles),
    body: page(result, styles),
    data: result,
  });
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
  return html`<a class="skip" href="#decision">Skip to the decision</a>${topBar("compare", result)}
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

/** The colours of the models as CSS variables; charts and swatches read the same ones. */
function modelColours(styles: readonly ModelStyle[]): string {
  const colours = styles.map(
    ({ index, light, dark }) => `--m${index}:var(--light,${light}) var(--dark,${dark})`,
  );
  const classes = styles.map(({ index }) => `.m${index}{color:var(--m${index})}`);
  return `:root{${colours.join(";")}}${classes.join("")}`;
}
