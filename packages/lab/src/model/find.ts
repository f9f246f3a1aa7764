import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";

const PATIENCE_MS = 10_000;
const LONGEST_ANSWER = 64 * 1024;

/** The programs of these names in the folders of PATH, then in `more`, in that order. */
export async function programs(
  names: readonly string[],
  env: NodeJS.ProcessEnv,
  more: readonly string[] = [],
): Promise<string[]> {
  const folders = [...(env["PATH"] ?? "").split(delimiter).slice(0, 256), ...more];
  const suffix = process.platform === "win32" ? ".exe" : "";
  const found = new Set<string>();
  for (const name of names) {
    for (const folder of folders) {
      if (!isAbsolute(folder)) continue; // "." on PATH would make the answer depend on where one stands
      const path = join(folder, name + suffix);
      if (await isProgram(path)) found.add(path);
    }
  }
  return [...found];
}

export async function isProgram(path: string): Promise<boolean> {
  try {
    if (!(await stat(path)).isFile()) return false;
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * What a program prints (stdout, then stderr), or null if it cannot be started, fails, says too much or takes
 * longer than 10 s. Runs in `/` so that no project file of the user's (go.mod, rust-toolchain, .python-version)
 * decides which version answers.
 */
export function ask(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  return new Promise((settle) => {
    const child = execFile(
      program,
      args,
      {
        cwd: "/",
        env: { ...env, GOTOOLCHAIN: "local" },
        timeout: PATIENCE_MS,
        killSignal: "SIGKILL",
        maxBuffer: LONGEST_ANSWER,
      },
      (error, stdout, stderr) => settle(error === null ? `${stdout}\n${stderr}` : null),
    );
    child.stdin?.on("error", () => {});
    child.stdin?.end();
  });
}
