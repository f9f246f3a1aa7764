import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Processes, this one apart, whose environment carries the mark. None where there is no /proc. */
export function marked(mark: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(join("/proc", pid, "environ"), "utf8").includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
}
