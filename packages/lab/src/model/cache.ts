import { createHash } from "node:crypto";
import type { Dirent } from "node:fs";
import { lstat, readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { homedir } from "node:os";
import { join, relative, resolve } from "node:path";
import { UserError } from "../error.js";
import { makeFolder } from "../result/folder.js";
import { badModelText } from "./issue.js";
import type { Model } from "./schema.js";

const MOST_FILES = 5_000;
const MOST_BYTES = 128 * 1024 * 1024;
const UNUSED_MS = 30 * 24 * 3_600_000;
const ABANDONED_MS = 24 * 3_600_000;
/** What builds and package managers leave behind is no source. */
const NOT_SOURCE = new Set(["target", "node_modules", "__pycache__"]);

/** Where builds are kept: $HEDDLE_CACHE, else $XDG_CACHE_HOME/heddle, else ~/.cache/heddle. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  if (env["HEDDLE_CACHE"]) return resolve(env["HEDDLE_CACHE"]);
  if (env["XDG_CACHE_HOME"]) return join(resolve(env["XDG_CACHE_HOME"]), "heddle");
  return join(homedir(), ".cache", "heddle");
}

/**
 * The folder of this very build: its name changes when a source file, the model.json, the runtime or the platform
 * does. Contents are hashed, not times: a fresh checkout of the same sources finds its build.
 * @throws UserError BAD_MODEL when a source is missing or there are absurdly many.
 */
export async function cacheEntry(model: Model, runtime: string, version: string): Promise<string> {
  const hash = createHash("sha256");
  const add = (...parts: (string | Buffer)[]) => {
    for (const part of parts) {
      hash.update(`${part.length}:`);
      hash.update(part);
    }
  };
  add(JSON.stringify(model.file), runtime, version, process.platform, process.arch);
  if (model.foreign) add(model.dir); // a stranger's build may keep the path of its sources; ours do not
  const budget = { files: 0, bytes: 0 };
  for (const source of [".", ...(model.file.sources ?? [])]) {
    for (const path of await sources(resolve(model.dir, source), model, source)) {
      budget.files += 1;
      budget.bytes += (await stat(path)).size;
      if (budget.files > MOST_FILES || budget.bytes > MOST_BYTES) throw tooMuch(model);
      add(relative(model.dir, path), await readFile(path));
    }
  }
  return join(cacheRoot(), "models", `${model.file.name}-${hash.digest("hex").slice(0, 24)}`);
}

async function sources(path: string, model: Model, source: string): Promise<string[]> {
  const top = await stat(path).catch(() => null);
  if (top === null) {
    throw badModelText(
      join(model.dir, "model.json"),
      'has a bad field "sources"',
      source,
      "a file or folder that exists",
    );
  }
  if (top.isFile()) return [path];
  const found: string[] = [];
  const folders = top.isDirectory() ? [path] : [];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.name.startsWith(".") || NOT_SOURCE.has(entry.name)) continue;
      if (entry.isDirectory()) folders.push(join(folder, entry.name));
      if (entry.isFile() || (await linksToFile(entry, folder))) found.push(join(folder, entry.name));
    }
    if (found.length + folders.length > MOST_FILES) throw tooMuch(model);
  }
  return found.sort();
}

/** Linked folders are not entered: they could be a circle, or the whole disk. */
async function linksToFile(entry: Dirent, folder: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return false;
  const target = await stat(join(folder, entry.name)).catch(() => null);
  return target?.isFile() ?? false;
}

function tooMuch(model: Model): UserError {
  return badModelText(
    join(model.dir, "model.json"),
    "lies in a folder too big to be hashed for the build cache",
    `more than ${MOST_FILES} files or ${MOST_BYTES / 1024 / 1024} MiB`,
    "a folder with the sources of the model alone",
  );
}

/** A fresh folder beside `entry`, to build in; `rename` to `entry` makes the build visible at once and whole. */
export async function stagingFolder(entry: string): Promise<string> {
  const staging = `${entry}.tmp-${process.pid}-${Math.random().toString(36).slice(2, 10)}`;
  try {
    await makeFolder(staging);
  } catch (error) {
    throw cannotWrite(staging, error);
  }
  return staging;
}

export function cannotWrite(path: string, error: unknown): UserError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  return new UserError(
    "CANNOT_WRITE",
    {
      what: "cannot write to the build cache",
      got: `${code} at ${path}`,
      expected: "a folder that can be written to, with room",
      next: "HEDDLE_CACHE=/other/dir heddle ...",
    },
    { cause: error },
  );
}

/** Marks the build as used now, and drops what was left by crashes or not used for 30 days. Never fails. */
export async function tidy(entry: string): Promise<void> {
  const now = Date.now();
  await utimes(entry, now / 1000, now / 1000).catch(() => {});
  const folder = join(entry, "..");
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const age = now - ((await lstat(path).catch(() => null))?.mtimeMs ?? now);
    const limit = name.includes(".tmp-") ? ABANDONED_MS : UNUSED_MS;
    if (age > limit) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
