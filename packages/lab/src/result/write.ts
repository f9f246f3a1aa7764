import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { UserError } from "../error.js";
import { makeFolder } from "./folder.js";

/**
 * Writes a whole file or nothing: a reader never sees half of it, and an older file stays when this fails.
 * Costs one rename in the same folder; the data is flushed before it, because a full disk may only tell then.
 * @throws UserError CANNOT_WRITE when the folder cannot be made or written, or the disk is full.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const target = resolve(path);
  const part = `${target}.${process.pid}.${randomBytes(4).toString("hex")}.part`;
  try {
    await makeFolder(dirname(target));
    const file = await open(part, "wx");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, target);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => undefined);
    throw cannotWrite(path, cause);
  }
}

/**
 * Fails now rather than after minutes of measuring when `folder` cannot be written.
 * @throws UserError CANNOT_WRITE
 */
export async function ensureWritable(folder: string): Promise<void> {
  const probe = resolve(folder, `.${process.pid}.${randomBytes(4).toString("hex")}.probe`);
  try {
    await makeFolder(folder);
    await (await open(probe, "wx")).close();
  } catch (cause) {
    throw cannotWrite(folder, cause);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

function cannotWrite(path: string, cause: unknown): UserError {
  const code = String(Reflect.get(Object(cause), "code"));
  const mend: Record<string, string> = {
    ENOSPC: "the disk is full: free some space, or --out DIR on another disk",
    EDQUOT: "your quota is used up: free some space, or --out DIR on another disk",
    EFBIG: "a limit on file sizes (ulimit -f) is too low: raise it",
    EROFS: "the file system is read-only: --out DIR somewhere else",
    EACCES: "you may not write there: --out DIR in a folder of yours",
    EPERM: "you may not write there: --out DIR in a folder of yours",
    ENOTDIR: "a part of this path is a file: --out DIR somewhere else",
    EEXIST: "a file of this name stands where a folder is needed: --out DIR somewhere else",
    EISDIR: "this is a folder: name a file in it",
  };
  return new UserError(
    "CANNOT_WRITE",
    { what: `cannot write ${path}`, got: code, next: mend[code] ?? "--out DIR somewhere else" },
    { cause },
  );
}
