import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { UserError, writeWhole } from "@heddle/lab";
import type { Outputs } from "../option/outputs.js";
import { writeNamed } from "./write.js";

/** A file that was written. */
export interface Saved {
  readonly what: "Report" | "Data";
  readonly path: string;
}

/**
 * Writes the JSON and the page, then has the answer printed, in this order: a stdout that is full, or whose reader has
 * left, ends the process, and must not take the result with it. What was measured for minutes must not be lost to a
 * full disk either: when a target cannot be written, the JSON goes to the temporary folder instead, the answer is
 * printed all the same, and the error says where the JSON is.
 * @throws UserError CANNOT_WRITE
 */
export async function save(
  result: object,
  render: () => Promise<string>,
  outputs: Outputs,
  print: () => void,
): Promise<Saved[]> {
  return saveAll(result, render, outputs).finally(print);
}

async function saveAll(result: object, render: () => Promise<string>, outputs: Outputs): Promise<Saved[]> {
  const text = JSON.stringify(result);
  const saved: Saved[] = [];
  try {
    for (const path of [outputs.json, outputs.jsonFile]) {
      if (path === null) continue;
      await writeNamed(path, text);
      saved.push({ what: "Data", path });
    }
    if (outputs.html !== null) {
      await writeNamed(outputs.html, await render());
      saved.unshift({ what: "Report", path: outputs.html });
    }
    return saved;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const kept =
      saved.find((each) => each.what === "Data")?.path ?? (await rescue(text, basename(outputs.json)));
    const next =
      kept === null ? error.parts.next : `${error.parts.next ?? ""}; the result is kept in ${kept}`;
    throw new UserError(
      error.code,
      { ...error.parts, ...(next === undefined ? {} : { next }) },
      { cause: error },
    );
  }
}

async function rescue(text: string, name: string): Promise<string | null> {
  try {
    const path = join(await mkdtemp(join(tmpdir(), "heddle-")), name);
    await writeWhole(path, text);
    return path;
  } catch {
    return null;
  }
}

/**
 * `heddle compare --json work.json` reads like "measure work.json" but would overwrite it: only a result may be replaced.
 * @throws UserError BAD_OPTION
 */
export async function refuseForeignTarget(path: string, verb: "compare" | "claims"): Promise<void> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    return; // nothing there to lose; whether it can be written shows when it is
  }
  if (new RegExp(`^\\s*\\{\\s*"schema"\\s*:\\s*"heddle\\.${verb}/`).test(text.slice(0, 200))) return;
  throw new UserError("BAD_OPTION", {
    what: `--json would overwrite ${path}, which is not a result of heddle ${verb}`,
    got: `${text.slice(0, 40).replace(/\s+/g, " ")}...`,
    expected: "a new name, or an older result",
    next:
      verb === "compare"
        ? "heddle compare work.json --json (JSON on stdout), or another name"
        : "heddle claims --json (JSON on stdout), or another name",
  });
}
