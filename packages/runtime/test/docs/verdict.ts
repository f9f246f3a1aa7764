import type { Program } from "./page.js";
import { runNode } from "./run-node.js";
import { translate } from "./workshop.js";

/** Snippets end within a second on an idle machine. */
const LIMIT_MS = 20_000;

/** Runs a program that was written: what is wrong with it, with its place and output; `undefined` when it is fine. */
export async function faultOf(
  folder: string,
  program: Program,
  limitMs = LIMIT_MS,
): Promise<string | undefined> {
  const place = `${program.page}:${program.line}`;
  let file: string;
  try {
    file = await translate(folder, program);
  } catch (error) {
    return `${place} cannot be translated: ${error instanceof Error ? error.message : String(error)}`;
  }
  const { code, stdout, stderr, tooLong } = await runNode(["--enable-source-maps", file], folder, limitMs);
  const output = `\nstdout: ${stdout}\nstderr: ${stderr}`;
  if (tooLong) return `${place} did not end within ${limitMs} ms${output}`;
  if (code !== 0) return `${place} ended with exit code ${code}${output}`;
  if (stderr !== "") return `${place} wrote on stderr${output}`;
  return undefined;
}
