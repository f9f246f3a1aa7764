import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Processes whose environment carries this mark: everything that a program of ours started. None where there is no /proc. */
export function marked(mark: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(join("/proc", pid, "environ"), "utf8").includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
}
