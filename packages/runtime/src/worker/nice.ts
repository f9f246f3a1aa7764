import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";

/**
 * Lowers the priority of this thread alone, so that the event loop gets a core before the workers do. Linux only: there a thread
 * has a priority of its own, and its id can be read. Elsewhere, and where it is forbidden, nothing happens.
 */
export function setNice(nice: number): void {
  if (nice === 0 || process.platform !== "linux") return;
  try {
    const id = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    if (Number.isInteger(id) && id > 0) setPriority(id, nice);
  } catch {
    // No /proc, or not allowed: the pool works, with the priority it has.
  }
}
