import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { loadModelFile } from "../../src/model/load.js";
import type { Model } from "../../src/model/schema.js";

/** A folder that the test's end removes. */
export async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "heddle-model-"));
  t.after(() => rm(path, { recursive: true, force: true, maxRetries: 3 }));
  return path;
}

/** A folder of its own for builds, for this test only. Tests of one file run one after another. */
export function useCache(t: TestContext, path: string): void {
  const before = process.env["HEDDLE_CACHE"];
  process.env["HEDDLE_CACHE"] = path;
  t.after(() => {
    if (before === undefined) delete process.env["HEDDLE_CACHE"];
    else process.env["HEDDLE_CACHE"] = before;
  });
}

export const plain = {
  name: "mine",
  language: "other",
  summary: "a model of a test",
  workloads: ["wait"],
  start: ["{out}/program"],
};

/** Writes a model of these fields and files into `dir`. */
export async function write(
  dir: string,
  fields: object,
  files: Record<string, string> = {},
): Promise<string> {
  const all = { ...files, "model.json": JSON.stringify({ ...plain, ...fields }) };
  for (const [name, content] of Object.entries(all)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), content, { mode: 0o755 });
  }
  return join(dir, "model.json");
}

/** The model, without its variants. */
export async function modelOf(
  dir: string,
  fields: object,
  files: Record<string, string> = {},
): Promise<Model> {
  const [model] = await loadModelFile(await write(dir, fields, files));
  if (model === undefined) throw new Error("no model");
  return model;
}

/** A build that writes down that it ran, then copies `source` to `{out}/program`. */
export const copying = {
  build: [["sh", "-c", 'echo x >> "$0/../ran"; cp source "$1/program"', "{dir}", "{out}"]],
};
