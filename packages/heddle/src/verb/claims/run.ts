import { join } from "node:path";
import { type ClaimsResult, claimsArticle, runClaims } from "@heddle/claims";
import { ensureWritable, number, writeWhole } from "@heddle/lab";
import type { ClaimsOptions } from "../../option/claims.js";
import { outputsOf } from "../../option/outputs.js";
import { stopOnSignals } from "../../process/signals.js";
import { claimsProgress, verdictsText } from "../../view/claims.js";
import { paintFor } from "../../view/paint.js";
import { bar } from "../../view/screen.js";
import { widthOf } from "../../view/text.js";
import { refuseForeignTarget, save } from "../save.js";
import { writeNamed } from "../write.js";

export const DEFAULT_OUT = "heddle-results";
const DEFAULT_SEED = 1;
const HELP = "heddle claims --help";

/** `heddle claims [run ID...]`: 0 done, 1 under --strict when a claim is refuted, 128 + n after signal n. */
export async function runClaimsVerb(ids: readonly string[] | null, raw: ClaimsOptions): Promise<number> {
  const outDir = raw.out ?? DEFAULT_OUT;
  const outputs = outputsOf(raw, outDir, "claims");
  const request = {
    ids,
    quick: raw.quick === true,
    runs: raw.runs === undefined ? null : number(raw.runs, "--runs", { min: 1, whole: true }, HELP),
    seed: raw.seed === undefined ? DEFAULT_SEED : number(raw.seed, "--seed", { min: 0, whole: true }, HELP),
  };
  if (outputs.jsonFile !== null) await refuseForeignTarget(outputs.jsonFile, "claims");
  await ensureWritable(outDir);

  const { stdout, stderr, env } = process;
  const progress = bar(stderr);
  const say = (text: string): void => {
    progress.clear();
    stderr.write(`${text}\n`);
  };
  using stop = stopOnSignals(say);
  const result = await runClaims(request, {
    signal: stop.signal,
    async onPartial(partial) {
      // A disk that is full now must not end the measuring: `save` tries again, and elsewhere, at the end.
      await writeWhole(outputs.json, JSON.stringify(partial)).catch((error: Error) => say(error.message));
    },
    onEvent(event) {
      const line = claimsProgress(event);
      if (line !== null) progress.show(line);
    },
  });
  progress.clear();

  const render = async (): Promise<string> => (await import("@heddle/report")).renderClaims(result);
  const text = outputs.jsonOnly
    ? JSON.stringify(result)
    : verdictsText(result, widthOf(stdout, env), paintFor(stdout, env));
  const files = await save(result, render, outputs, () => stdout.write(`${text}\n`));
  const saved = files.map(({ what, path }) => `${what}: ${path}`);
  if (raw.md !== undefined) {
    await writeNamed(raw.md, claimsArticle(result));
    saved.push(`Article: ${raw.md}`);
  }
  const after = [...saved, ...(outputs.jsonOnly ? [] : nextCommands(result, outDir))];
  (outputs.jsonOnly ? stderr : stdout).write(`${outputs.jsonOnly ? "" : "\n"}${after.join("\n")}\n`);
  if (stop.exitCode !== null) return stop.exitCode;
  const refuted = result.claims.some(({ verdict }) => verdict === "refuted");
  return raw.strict === true && refuted ? 1 : 0;
}

function nextCommands(result: ClaimsResult, outDir: string): string[] {
  const [first] = result.claims;
  if (first === undefined) return [];
  const call = process.env["npm_lifecycle_event"] === undefined ? "heddle" : "npx heddle";
  return [
    "",
    "Next:",
    `  ${call} claims show ${first.id}    # its experiment, code and numbers`,
    `  ${call} claims run ${first.id} --runs 10    # again, more often`,
    `  ${call} report ${join(outDir, "claims.json")}    # draw the page again`,
  ];
}
