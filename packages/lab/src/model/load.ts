import { existsSync } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { badPlaceholder } from "./command.js";
import { badModel, badModelText } from "./issue.js";
import { type Model, type ModelFile, modelSchema } from "./schema.js";

export { selectModels } from "./select.js";

const LARGEST_FILE = 256 * 1024;

/**
 * All models that come with Heddle, variants expanded, sorted by name.
 * @throws UserError BAD_MODEL for a model.json that is wrong.
 */
export async function loadModels(): Promise<Model[]> {
  return loadModelsFrom(modelsFolder());
}

/** The models under another folder; `loadModels` for tests and for copies of our own folder. */
export async function loadModelsFrom(folder: string): Promise<Model[]> {
  const models: Model[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name, "model.json");
    if (entry.isDirectory() && existsSync(path)) models.push(...(await read(path, false)));
  }
  models.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const [i, model] of models.entries()) {
    const before = models[i - 1];
    if (before?.name !== model.name) continue;
    throw badModelText(
      shown(join(model.dir, "model.json")),
      "has a name that is taken",
      JSON.stringify(model.name),
      `another name than that of ${shown(join(before.dir, "model.json"))}`,
    );
  }
  return models;
}

/**
 * A model of the user's own and its variants, for `--model ./m/model.json`. A folder means the model.json in it.
 * @throws UserError BAD_MODEL for a file that is missing, no JSON, or not as docs/models.md says.
 */
export async function loadModelFile(path: string): Promise<Model[]> {
  const given = resolve(path);
  const folder = await stat(given).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return read(folder ? join(given, "model.json") : given, true);
}

async function read(path: string, foreign: boolean): Promise<Model[]> {
  const name = shown(path);
  let text: string;
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > LARGEST_FILE) {
      throw badModelText(name, "is not a model", `${found.size} bytes`, "a JSON file of at most 256 KiB");
    }
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!/^E[A-Z]+$/.test(code)) throw error;
    throw badModelText(name, "cannot be read", code, "the path of a model.json");
  }
  const file = parse(name, text);
  const dir = dirname(await realpath(path));
  const model: Model = {
    name: file.name,
    language: file.language,
    summary: file.summary,
    workloads: file.workloads,
    dir,
    file,
    pool: file.pool,
    heavy: file.heavy ?? false,
    foreign,
  };
  const variants = (file.variants ?? []).map((variant) => ({
    ...model,
    name: variant.name,
    pool: variant.pool,
    workloads: variant.workloads ?? file.workloads,
    summary: `${file.summary}; pool of ${variant.pool}`,
  }));
  return [model, ...variants];
}

function parse(name: string, text: string): ModelFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 120) : "";
    throw badModelText(name, "is not JSON", why, "a JSON object");
  }
  const checked = modelSchema.safeParse(value);
  if (!checked.success) throw badModel(name, value, checked.error, Object.keys(modelSchema.shape));
  const wrong = badPlaceholder(checked.data);
  if (wrong !== null) {
    throw badModelText(name, `has a bad field "${wrong.field}"`, JSON.stringify(wrong.got), wrong.expected);
  }
  return checked.data;
}

/** Paths are said the way the user would type them, if that is shorter. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}

/** Built code lies at another depth than its source, so the folder is searched for, not counted to. */
function modelsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let depth = 0; depth < 12; depth++) {
    const models = join(folder, "models");
    if (existsSync(join(models, "node-event-loop", "model.json"))) return models;
    folder = dirname(folder);
  }
  throw new Error(`this is a bug in Heddle: no models folder above ${basename(import.meta.url)}`);
}
