import { posix } from "node:path";
import { integerOf, readText } from "../probe/read.js";

/** The smallest limits of our control group and of all groups around it; null where there is none. */
export interface CgroupLimits {
  readonly memoryMb: number | null;
  readonly processes: number | null;
  /** Cores' worth of CPU time that may be used per period. */
  readonly cores: number | null;
}

/** v1 says "no limit" with a number near 2^63: anything of a pebibyte or more is none. */
const NO_LIMIT = 2 ** 50;

/** Reads v2 (`memory.max`, ...) and v1 (`memory.limit_in_bytes`, ...) groups; both may be mounted at once. */
export function readCgroupLimits(read: (path: string) => string | null = readText): CgroupLimits {
  const groups = (controller: string): string[] => groupFolders(read, controller);
  const memory = [
    ...groups("").map((folder) => integerOf(read(`${folder}/memory.max`))),
    ...groups("memory").map((folder) => integerOf(read(`${folder}/memory.limit_in_bytes`))),
  ];
  const pids = ["", "pids"].flatMap((controller) =>
    groups(controller).map((folder) => integerOf(read(`${folder}/pids.max`))),
  );
  const cores = [
    ...groups("").map((folder) => coresOf(read(`${folder}/cpu.max`))),
    ...groups("cpu").map((folder) =>
      coresOf(`${read(`${folder}/cpu.cfs_quota_us`) ?? ""} ${read(`${folder}/cpu.cfs_period_us`) ?? ""}`),
    ),
  ];
  const bytes = smallest(memory);
  return {
    memoryMb: bytes === null ? null : bytes / 2 ** 20,
    processes: smallest(pids),
    cores: smallest(cores),
  };
}

/** `"150000 100000"` (quota and period in µs) is 1.5 cores; `max` or -1 is no limit. */
function coresOf(text: string | null): number | null {
  const match = /^(\d+)\s+(\d+)\s*$/.exec((text ?? "").trim());
  if (match === null || Number(match[2]) === 0) return null;
  return Number(match[1]) / Number(match[2]);
}

function smallest(limits: readonly (number | null)[]): number | null {
  const real = limits.filter((limit) => limit !== null && limit > 0 && limit < NO_LIMIT);
  return real.length === 0 ? null : Math.min(...real.map(Number));
}

/**
 * Folders of our group and its ancestors for a v1 controller, or for v2 when the name is empty. `/proc/self/cgroup`
 * names the group from the hierarchy's root, `mountinfo` which part of the hierarchy is mounted where: in a
 * container only our own part may be.
 */
function groupFolders(read: (path: string) => string | null, controller: string): string[] {
  const group = (read("/proc/self/cgroup") ?? "")
    .split("\n")
    .map((line) => /^(\d+):([^:]*):(.*)$/.exec(line))
    .find((match) => match?.[2]?.split(",").includes(controller))?.[3];
  const mount = (read("/proc/self/mountinfo") ?? "")
    .split("\n")
    .map((line) => / (\/\S*) (\/\S*) \S+(?: \S+)* - (cgroup2?) \S+ (\S+)$/.exec(line))
    .find((match) =>
      controller === ""
        ? match?.[3] === "cgroup2"
        : match?.[3] === "cgroup" && match[4]?.split(",").includes(controller),
    );
  const [, root, folder] = mount ?? [];
  if (group === undefined || root === undefined || folder === undefined) return [];
  const inside =
    group === root || root === "/" ? group.slice(root === "/" ? 0 : root.length) : within(group, root);
  const folders: string[] = [];
  for (let path = posix.join(folder, inside); ; path = posix.dirname(path)) {
    folders.push(path);
    if (path === folder || path === "/" || !path.startsWith(`${folder}/`)) return folders;
  }
}

/** The group relative to what is mounted; `/` when it is not below it (another namespace): then the top is ours. */
function within(group: string, root: string): string {
  return group.startsWith(`${root}/`) ? group.slice(root.length) : "/";
}
