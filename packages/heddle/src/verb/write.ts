import { lstat, writeFile } from "node:fs/promises";
import { UserError, writeWhole } from "@heddle/lab";

/**
 * Writes a file that the user named. A plain file is replaced as a whole. A link, a pipe or a device (`--html latest.html`,
 * `--md >(less)`, `--html /dev/null`) is written to instead: renaming onto it would put a file in its place, and with
 * the rights of root that takes the device from the whole machine.
 * @throws UserError CANNOT_WRITE
 */
export async function writeNamed(path: string, text: string): Promise<void> {
  const there = await lstat(path).catch(() => null);
  if (there === null || there.isFile() || there.isDirectory()) return writeWhole(path, text);
  try {
    await writeFile(path, text);
  } catch (cause) {
    const got = String(Reflect.get(Object(cause), "code"));
    throw new UserError(
      "CANNOT_WRITE",
      { what: `cannot write ${path}`, got, expected: "a file, or a pipe that is read", next: "another name" },
      { cause },
    );
  }
}
