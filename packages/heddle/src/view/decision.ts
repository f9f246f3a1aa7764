import { stripVTControlCharacters } from "node:util";
import type { CompareResult } from "@heddle/lab";
import { harmless, type Paint } from "./paint.js";
import { type Column, table } from "./table.js";
import { fold } from "./text.js";
import { workloadName } from "./workload.js";

type Summary = CompareResult["summary"][number];
const WORK = { io: "I/O-bound", cpu: "CPU-bound", mixed: "mixed" } as const;

/** What to take: over all workloads, then for each, with the runner-up and why. */
export function decisionText(result: CompareResult, width: number, paint: Paint): string {
  const { decision, choices } = result;
  const head = decision.model === null ? paint.warn("none") : paint.good(harmless(decision.model));
  const parts = [`${paint.bold("Decision:")} ${head}`, `  ${fold(harmless(decision.why), width - 2, "  ")}`];
  const [only] = choices;
  if (choices.length === 1 && only?.why === decision.why)
    return [...parts, ...beside(only, width, paint)].join("\n");
  for (const choice of choices) {
    const winner = choice.model === null ? paint.warn("none") : paint.good(harmless(choice.model));
    const second = choice.runnerUp === null ? "" : `, then ${harmless(choice.runnerUp)}`;
    parts.push(`\n  ${fold(`${workloadName(choice.workload)}: ${winner}${second}`, width - 2, "    ")}`);
    parts.push(`    ${fold(harmless(choice.why), width - 4, "    ")}`);
    if (choice.ties.length > 0) {
      parts.push(
        paint.dim(`    ${fold(`tied with ${choice.ties.map(harmless).join(", ")}`, width - 4, "    ")}`),
      );
    }
  }
  return parts.join("\n");
}

/** With one workload the overall decision is its choice: only what the decision does not say is added. */
function beside(choice: CompareResult["choices"][number], width: number, paint: Paint): string[] {
  const second = choice.runnerUp === null ? [] : [`  runner-up: ${harmless(choice.runnerUp)}`];
  if (choice.ties.length === 0) return second;
  return [
    ...second,
    paint.dim(`  ${fold(`tied with ${choice.ties.map(harmless).join(", ")}`, width - 2, "  ")}`),
  ];
}

/** Kind of work x language: the best measured model of each, as a grid, or as a list where a grid has no room. */
export function summaryText(summary: CompareResult["summary"], width: number, paint: Paint): string {
  const answered = summary.filter((each) => each.model !== null);
  if (answered.length === 0) return "";
  const works = (["io", "cpu", "mixed"] as const).filter((work) =>
    answered.some((each) => each.work === work),
  );
  const languages = [...new Set(answered.map((each) => each.language))];
  const find = (language: string, work: Summary["work"]): string => {
    const entry = answered.find((each) => each.language === language && each.work === work);
    return harmless(entry?.model ?? "-");
  };
  const columns: Column<string>[] = [
    { title: "language", rank: 0, align: "left", of: harmless },
    ...works.map(
      (work): Column<string> => ({
        title: WORK[work],
        rank: 0,
        align: "left",
        of: (language) => find(language, work),
      }),
    ),
  ];
  const grid = table(languages, columns, width, paint);
  const title = paint.bold("Best of each language by kind of work");
  if (grid.split("\n").every((line) => stripVTControlCharacters(line).length <= width))
    return `${title}\n${grid}`;
  const listed = works.flatMap((work) => [
    `${WORK[work]}:`,
    ...languages
      .filter((each) => find(each, work) !== "-")
      .map((each) => `  ${harmless(each)}: ${find(each, work)}`),
  ]);
  return [title, ...listed].join("\n");
}
