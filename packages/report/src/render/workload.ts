import type { CompareResult } from "@heddle/lab";
import { choiceFor, standing } from "../shared/choice.js";
import type { ModelStyle } from "../shared/palette.js";
import { plain } from "../shared/text.js";
import {
  numbered,
  type WorkloadGroup,
  workloadDetail,
  workloadKey,
  workloadTitle,
} from "../shared/workload.js";
import { cellTable, voidList } from "./cells.js";
import { type Html, html } from "./html.js";
import { type StyleOf, swatch, words } from "./name.js";

/** One workload: the choice, the table, what is void, then its charts. `at` numbers the workloads of the page. */
export function workloadSection(
  result: CompareResult,
  group: WorkloadGroup,
  at: string,
  styles: readonly ModelStyle[],
): Html {
  return html`<section id="${at}" aria-labelledby="${at}-h"><p class="eyebrow">${KINDS[group.workload.kind]}</p><h2 id="${at}-h">${workloadTitle(group.workload)}</h2>${workloadBody(result, group, styles)}</section>`;
}

/** What a section and a point of a sweep have in common. */
export function workloadBody(
  result: CompareResult,
  group: WorkloadGroup,
  styles: readonly ModelStyle[],
): Html {
  const styleOf: StyleOf = (model) => styles.find((style) => style.model === model);
  const choice = choiceFor(result, group.workload);
  const shown = standing(group.cells);
  return html`<p class="detail">${workloadDetail(group.workload)}</p>${choice !== undefined && html`<p class="verdict${choice.model === null ? " none" : null}">${words(choice.why)}</p>`}${cellTable(group, choice, styleOf)}${voidList(group.cells, styleOf)}${shown.length > 0 && charts(numberOf(result, group), group, styles)}`;
}

/** As the charts of the page refer to a group. */
export function numberOf(result: CompareResult, group: WorkloadGroup): number {
  const key = workloadKey(group.workload);
  return numbered(result).findIndex((one) => workloadKey(one.workload) === key);
}

function charts(number: number, group: WorkloadGroup, styles: readonly ModelStyle[]): Html {
  const title = workloadTitle(group.workload);
  const shown = standing(group.cells);
  const names = new Set(shown.map((cell) => cell.model));
  return html`<figure class="chart wide"><figcaption><h3>Latency by percentile</h3><p>Lower is better. Towards the right: the slowest one in ten, in a hundred, in a thousand.</p></figcaption>${legend(styles.filter((style) => names.has(style.model)))}${plot("curve", [number], `Latency by percentile of ${shown.length} models: ${title}. The table above has the figures.`)}</figure>
<div class="pair">${bars("memory", number, "Memory", "MiB of the whole process tree. Dark: at rest (baseline); lighter: added by the work (plateau); lightest: the highest seen (peak), with its interval.", shown.length, title)}${bars("cpu", number, "CPU per task", "Milliseconds of processor time, with 95 % intervals.", shown.length, title)}${shown.some((cell) => cell.switchesPerTask !== null) && bars("switches", number, "Context switches per task", "Dark: it went to wait (voluntary); lighter: it was taken off the core (involuntary).", shown.length, title)}</div>`;
}

function bars(
  kind: string,
  number: number,
  name: string,
  about: string,
  models: number,
  title: string,
): Html {
  return html`<figure class="chart"><figcaption><h3>${name}</h3><p>${about}</p></figcaption>${plot(kind, [number], `${name} of ${models} models: ${title}. The table above has the figures.`)}</figure>`;
}

export function plot(kind: string, groups: readonly number[], label: string): Html {
  return html`<div class="plot" data-chart="${kind}" data-groups="${groups.join(" ")}" role="img" aria-label="${label}"></div>`;
}

/** Chips by language: one isolates a model, the language's name all of its models; again, and all are back. */
export function legend(styles: readonly ModelStyle[]): Html {
  const languages = [...new Set(styles.map((style) => style.language))];
  return html`<div class="legend" role="group" aria-label="Models shown"><button type="button" class="chip all" data-all aria-pressed="true">All</button>${languages.map(
    (language) =>
      html`<span class="family"><button type="button" class="chip language" data-language="${language}" aria-pressed="false"><bdi>${plain(language, 32)}</bdi></button>${styles
        .filter((style) => style.language === language)
        .map(
          (style) =>
            html`<button type="button" class="chip" data-model="${style.index}" aria-pressed="false" title="${plain(style.model, 500)}">${swatch(style)}<bdi>${plain(style.model, 32)}</bdi></button>`,
        )}</span>`,
  )}</div>`;
}

const KINDS = { wait: "Waiting", hash: "Computing", serve: "Serving" } as const;
