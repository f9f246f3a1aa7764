import { type Choice, standing } from "../shared/choice.js";
import { figure } from "../shared/number.js";
import { plain } from "../shared/text.js";
import { type Cell, type WorkloadGroup, workloadTitle } from "../shared/workload.js";
import { type FigureGroup, figureGroups } from "./columns.js";
import { type Html, html } from "./html.js";
import { modelName, type StyleOf, words } from "./name.js";
import { scrolling } from "./table.js";

/** The sortable table of a workload: only cells that are vouched for, cheapest CPU first. */
export function cellTable(group: WorkloadGroup, choice: Choice | undefined, styleOf: StyleOf): Html {
  const cells = standing(group.cells);
  if (cells.length === 0) return html`<p class="note">No cell of this workload can be vouched for.</p>`;
  const groups = figureGroups(cells);
  const title = workloadTitle(group.workload);
  return scrolling(
    `Figures: ${title}`,
    html`<table class="data sortable"><caption><span>${title}. Small: 95 % interval between runs. Cheapest CPU first; a heading sorts.</span></caption>${head(groups)}<tbody>${cells.map((cell) => row(cell, groups, choice, styleOf))}</tbody></table>`,
  );
}

/** Void cells: a model and a reason, never a number of theirs. */
export function voidList(cells: readonly Cell[], styleOf: StyleOf): Html | null {
  const list = cells.filter((cell) => cell.void !== null);
  if (list.length === 0) return null;
  return html`<div class="voids"><h4>Void: measured, but not vouched for</h4><dl>${list.map(
    (cell) => html`<div><dt>${modelName(cell.model, styleOf)}</dt><dd>${words(cell.void ?? "")}</dd></div>`,
  )}</dl></div>`;
}

function head(groups: readonly FigureGroup[]): Html {
  return html`<thead><tr><th scope="col" rowspan="2" aria-sort="none"><button type="button" class="sort">Model</button></th><th scope="col" rowspan="2" aria-sort="none"><button type="button" class="sort">Language</button></th>${groups.map(
    (group) => html`<th scope="colgroup" colspan="${group.figures.length}" class="group">${group.head}</th>`,
  )}</tr><tr>${groups.map((group) =>
    group.figures.map(
      (one, at) =>
        html`<th scope="col" class="${at === 0 ? "n first" : "n"}" aria-sort="${one.head === "ms/task" ? "ascending" : "none"}"><button type="button" class="sort" title="${one.title}"><span class="sr">${group.head} </span>${one.head}</button></th>`,
    ),
  )}</tr></thead>`;
}

function row(cell: Cell, groups: readonly FigureGroup[], choice: Choice | undefined, styleOf: StyleOf): Html {
  const won = choice?.model === cell.model;
  return html`<tr${won ? html` class="won"` : null}><th scope="row" data-sort="${plain(cell.model)}">${modelName(cell.model, styleOf)}${badge(cell, choice)}</th><td data-sort="${plain(cell.language)}"><bdi>${plain(cell.language, 40)}</bdi></td>${groups.map(
    (group) =>
      group.figures.map(
        (one, at) =>
          html`<td class="${at === 0 ? "n first" : "n"}" data-sort="${sortable(one.value(cell))}">${one.show(cell)}</td>`,
      ),
  )}</tr>`;
}

function badge(cell: Cell, choice: Choice | undefined): Html {
  const unsteady = STEADY[cell.steady];
  const failed = cell.errors.connect + cell.errors.response + cell.errors.timeout;
  return html`${choice?.model === cell.model && html` <span class="badge won">chosen</span>`}${choice?.ties.includes(cell.model) === true && choice.model !== cell.model && html` <span class="badge" title="no difference from the chosen one was shown">tie</span>`}${choice?.runnerUp === cell.model && html` <span class="badge">runner-up</span>`}${unsteady !== null && html` <span class="badge care" title="${unsteady.why}">${unsteady.name}</span>`}${failed > 0 && html` <span class="badge care">${figure(failed)} failed</span>`}`;
}

const sortable = (value: number | null) => (value === null ? "" : String(Number(value.toPrecision(6))));

const STEADY = {
  flat: null,
  unknown: null,
  "warming-up": { name: "warming up", why: "It still became faster while it was measured." },
  "slowing-down": { name: "slowing down", why: "It became slower while it was measured." },
  "no-steady-state": { name: "unsteady", why: "Its figures moved without settling." },
} as const;
