import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { readText } from "../probe/read.js";
import { allowedCpus, formatCpuList, parseCpuList } from "./cpus.js";

/**
 * The command, held to the given CPUs (`"0"`, `"0-2,5"`). `taskset` replaces itself by the command, so the pid stays
 * that of the program. Unchanged when `cpus` is null or the system has no `taskset`: then nothing is pinned, which
 * `canPin` tells beforehand.
 */
export function pinned(argv: readonly string[], cpus: string | null): string[] {
  const taskset = cpus === null ? null : findTaskset();
  return taskset === null || cpus === null ? [...argv] : [taskset, "-c", cpus, ...argv];
}

export function canPin(): boolean {
  return findTaskset() !== null;
}

/**
 * Where to run the measured server and where the load generator, as CPU lists. The generator gets the last core we
 * may use, the server all others, without the generator's hyper-thread sibling if any other core remains: two
 * threads of one core slow each other. With a single core both share it.
 */
export function splitCores(
  cpus: readonly number[] = allowedCpus(),
  siblings: (cpu: number) => readonly number[] = readSiblings,
): { server: string; generator: string } {
  const generator = cpus.at(-1) ?? 0;
  const others = cpus.filter((cpu) => cpu !== generator);
  if (others.length === 0) return { server: `${generator}`, generator: `${generator}` };
  const near = new Set(siblings(generator));
  const apart = others.filter((cpu) => !near.has(cpu));
  return { server: formatCpuList(apart.length > 0 ? apart : others), generator: `${generator}` };
}

function readSiblings(cpu: number): number[] {
  return parseCpuList(readText(`/sys/devices/system/cpu/cpu${cpu}/topology/thread_siblings_list`) ?? "");
}

function findTaskset(): string | null {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const file = join(folder, "taskset");
    try {
      if (folder.startsWith("/")) {
        accessSync(file, constants.X_OK);
        return file;
      }
    } catch {
      // Not in this folder.
    }
  }
  return null;
}
