import { figure } from "@heddle/lab";
import type { ClaimResult, ClaimsResult } from "../result/schema.js";
import { claimSection } from "./claim.js";
import { anchors, code, table, text } from "./markdown.js";
import { cares, chaptersOf, coresText, effectWords, headline, runtimeText, tally, wordsOf } from "./words.js";

const TITLE = "Claims about concurrency, decided by experiment";

/**
 * The result as an article in Markdown. Everything in `result` is taken for foreign text: it can neither end a table
 * nor bring markup with it. Pure: the same result gives the same article.
 */
export function claimsArticle(result: ClaimsResult): string {
  const chapters = chaptersOf(result.claims);
  const parts = [
    `# ${TITLE}`,
    `**${headline(result.claims)}.**`,
    intro(result),
    ...cares(result).map(({ head, why }) => `**${head}:** ${text(why, 400)}.`),
    "## What was run",
    machine(result),
    "## The verdicts",
    table(
      ["Verdict", "Claims", "It means"],
      tally(result.claims).map(({ sign, word, count, about }) => [
        `${sign} ${word}`,
        String(count),
        sentenceOf(about),
      ]),
      [1],
    ),
    summary(result),
    ...chapters.flatMap(({ chapter, claims }) => [
      `## ${chapterTitle(chapter)}`,
      chapter.intro,
      ...claims.map(claimSection),
    ]),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** The commands are real ones: a reader pastes them. */
const intro = ({
  claims,
}: ClaimsResult): string => `Texts about threads, async/await and event loops make statements that can be measured, and mostly quote each other instead.
Heddle runs an experiment for each that can be tested, on the machine at hand. The rule that decides was written down before the experiment ran,
it is applied to every run and to the medians of all runs, and where they disagree the claim is undecided.

This page is written by Heddle from one such run. To decide the claims on your own machine:

\`\`\`sh
heddle claims                # all of them, in about five minutes
heddle claims list           # their names
heddle claims run ${text(claims[0]?.id ?? "ID", 60)} --runs 10    # one of them, ten times
heddle claims show ${text(claims[0]?.id ?? "ID", 60)}    # its code
\`\`\`

A verdict is about the sentence as its source words it, and about this machine. The lesson below each claim is worth reading whatever the verdict.`;

function machine({ machine, runtimes, seed, heddle, createdAt, tookS, claims }: ClaimsResult): string {
  const runs = claims.map((claim) => claim.runs).filter((count) => count > 0);
  const [fewest, most] = [Math.min(...runs), Math.max(...runs)];
  const versions = Object.entries(runtimes)
    .map(([language, version]) => text(runtimeText(language, version), 120))
    .join(", ");
  const virtual = machine.virtualization === null ? "" : ` (${text(machine.virtualization, 40)})`;
  const rows = [
    [
      "Machine",
      `${text(machine.cpu, 120)}, ${coresText(machine.cores)}, ${figure(machine.memoryMb / 1024)} GiB${virtual}`,
    ],
    ["System", `${text(machine.os, 120)}, kernel ${text(machine.kernel, 80)}`],
    ["Runtimes", versions === "" ? "none was needed" : versions],
    ["Runs of each claim", runs.length === 0 ? "none" : fewest === most ? `${most}` : `${fewest} to ${most}`],
    ["Seed", code(String(seed))],
    [
      "When",
      `${text(createdAt.slice(0, 16).replace("T", " "), 40)} UTC, in ${figure(tookS)} s, Heddle ${text(heddle, 40)}`,
    ],
  ];
  return table(["", ""], rows);
}

/** One line for each claim. Headings repeat what is written here, so the links are counted through in page order. */
function summary({ claims }: ClaimsResult): string {
  if (claims.length === 0) return "";
  const anchor = anchors();
  for (const taken of [TITLE, "What was run", "The verdicts"]) anchor(taken);
  const rows = chaptersOf(claims).flatMap(({ chapter, claims }) => {
    anchor(chapterTitle(chapter));
    return claims.map((claim) => [
      `${wordsOf(claim.verdict).sign} ${wordsOf(claim.verdict).word}`,
      `[${text(claim.claim, 400)}](#${anchor(claim.claim)})`,
      one(claim),
    ]);
  });
  return table(["Verdict", "Claim", "Measured"], rows);
}

function one(claim: ClaimResult): string {
  const effect = effectWords(claim, { figure, text: (foreign) => text(foreign, 120) });
  return effect === null ? "" : `${effect.amount}: ${effect.name}`;
}

const chapterTitle = ({ name, title }: { name: string; title: string }) =>
  `${name}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
const sentenceOf = (about: string) => `${about.charAt(0).toUpperCase()}${about.slice(1)}.`;
