import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Something that bounds the number of threads here, and at how many. */
export interface Limit {
  readonly name: string;
  readonly threads: number;
}

/** All that are set, the one that comes first in front; `mapsPerThread` is what one thread takes of max_map_count. */
export function readLimits(mapsPerThread: number): Limit[] {
  const maps = numberIn("/proc/sys/vm/max_map_count");
  const found: [string, number][] = [
    ["kernel.pid_max", numberIn("/proc/sys/kernel/pid_max")],
    ["kernel.threads-max", numberIn("/proc/sys/kernel/threads-max")],
    ["vm.max_map_count", mapsPerThread > 0 ? Math.floor(maps / mapsPerThread) : Number.NaN],
    // CAP_SYS_RESOURCE overrides it.
    ["RLIMIT_NPROC", process.getuid?.() === 0 ? Number.NaN : processesOfUser()],
    ["pids.max of the cgroup", pidsOfCgroup()],
  ];
  return found
    .filter(([, threads]) => Number.isFinite(threads))
    .map(([name, threads]) => ({ name, threads }))
    .sort((a, b) => a.threads - b.threads);
}

function processesOfUser(): number {
  return Number(/^Max processes\s+(\d+)/m.exec(textOf("/proc/self/limits") ?? "")?.[1] ?? Number.NaN);
}

/** The least of this cgroup and those above it, in either version of cgroups. */
function pidsOfCgroup(): number {
  let least = Number.NaN;
  for (const line of (textOf("/proc/self/cgroup") ?? "").split("\n")) {
    const [, controllers = "", path = "/"] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers !== "" && !controllers.split(",").includes("pids")) continue;
    const root = controllers === "" ? "/sys/fs/cgroup" : "/sys/fs/cgroup/pids";
    for (let folder = join(root, path); folder.startsWith(root); folder = dirname(folder)) {
      const most = numberIn(join(folder, "pids.max"));
      if (Number.isFinite(most)) least = Number.isFinite(least) ? Math.min(least, most) : most;
    }
  }
  return least;
}

/** NaN when the file is missing or says `max`. */
function numberIn(path: string): number {
  return Number.parseInt(textOf(path) ?? "", 10);
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
