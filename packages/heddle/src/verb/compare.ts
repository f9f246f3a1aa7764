import { join } from "node:path";
import { compare, ensureWritable, planOf, writeWhole } from "@heddle/lab";
import type { CompareOptions } from "../option/compare.js";
import { outputsOf } from "../option/outputs.js";
import { requestOf } from "../option/request.js";
import { stopOnSignals } from "../process/signals.js";
import { cellTables } from "../view/cells.js";
import { paintFor } from "../view/paint.js";
import { resultText } from "../view/result.js";
import { screen } from "../view/screen.js";
import { widthOf } from "../view/text.js";
import { refuseForeignTarget, save } from "./save.js";

/** `heddle compare`: 0 done, 1 when no model meets --p99 or --memory, 128 + n after signal n. */
export async function runCompare(file: string | undefined, raw: CompareOptions): Promise<number> {
  const plan = planOf(await requestOf(file, raw));
  const outDir = plan.outDir ?? ".";
  const outputs = outputsOf(raw, outDir, "compare");
  if (outputs.jsonFile !== null) await refuseForeignTarget(outputs.jsonFile, "compare");
  await ensureWritable(outDir);

  const { stdout, stderr, env } = process;
  const width = widthOf(stdout, env);
  const paint = paintFor(stdout, env);
  const progress = screen(stderr);
  using stop = stopOnSignals((text) => progress.say(text));
  const result = await compare(plan, {
    signal: stop.signal,
    async onPartial(partial) {
      // A disk that is full now must not end the measuring: `save` tries again, and elsewhere, at the end.
      await writeWhole(outputs.json, JSON.stringify(partial)).catch((error: Error) =>
        progress.say(error.message),
      );
    },
    onEvent(event) {
      progress.onEvent(event);
      if (event.type !== "first-look" || outputs.jsonOnly) return;
      progress.clear();
      const title = paint.dim("A first look, one run each; measured again below.");
      stdout.write(`${title}\n${cellTables(event.cells, [], width, paint)}\n\n`);
    },
  });
  progress.clear();

  const render = async (): Promise<string> => (await import("@heddle/report")).renderReport(result);
  const text = outputs.jsonOnly ? JSON.stringify(result) : resultText(result, width, paint, true);
  const saved = await save(result, render, outputs, () => stdout.write(`${text}\n`));
  const after = [
    ...saved.map(({ what, path }) => `${what}: ${path}`),
    ...(outputs.jsonOnly ? [] : nextCommands(outDir)),
  ];
  (outputs.jsonOnly ? stderr : stdout).write(`${outputs.jsonOnly ? "" : "\n"}${after.join("\n")}\n`);

  if (stop.exitCode !== null) return stop.exitCode;
  const { p99Ms, memoryMb } = plan.requirement;
  return (p99Ms !== null || memoryMb !== null) && result.decision.model === null ? 1 : 0;
}

/** Commands that work when pasted: after `npm start` the program is only on npx's path. */
function nextCommands(outDir: string): string[] {
  const call = process.env["npm_lifecycle_event"] === undefined ? "heddle" : "npx heddle";
  return [
    "",
    "Next:",
    `  ${call} compare --workload serve --io 10ms --cpu 5ms --p99 50ms    # your own mix and target`,
    `  ${call} compare --server "node server.js" --url http://127.0.0.1:3000/    # a server of yours`,
    `  ${call} claims --quick    # which well-known claims about concurrency hold here`,
    `  ${call} report ${join(outDir, "compare.json")}    # draw the page again`,
  ];
}
