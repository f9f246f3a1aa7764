import { mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and its parents, like `mkdir -p`. Node's own recursive form never returns where a parent exists and
 * refuses with ENOENT, as `/proc` does.
 * @throws what the system says.
 */
export async function makeFolder(path: string): Promise<void> {
  const target = resolve(path);
  const made = await attempt(target);
  if (made === null) return;
  if (Reflect.get(made, "code") !== "ENOENT" || dirname(target) === target) throw made;
  await makeFolder(dirname(target));
  const again = await attempt(target);
  if (again !== null) throw again;
}

/** Null when the folder is there afterwards. */
async function attempt(path: string): Promise<Error | null> {
  try {
    await mkdir(path);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isThere = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    return isThere ? null : error;
  }
}
