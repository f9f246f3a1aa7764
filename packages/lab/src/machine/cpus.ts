import { availableParallelism } from "node:os";
import { readText } from "../probe/read.js";

/** Reads a kernel CPU list such as `0-3,8,10-11`; stops at 65,536 entries, since files are strangers too. */
export function parseCpuList(text: string): number[] {
  const cpus: number[] = [];
  for (const part of text.trim().split(",")) {
    const range = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part.trim());
    if (range === null) continue;
    const first = Number(range[1]);
    const last = Number(range[2] ?? range[1]);
    for (let cpu = first; cpu <= last && cpus.length < 65_536; cpu += 1) cpus.push(cpu);
  }
  return cpus;
}

/** Writes a CPU list the short way: `[0,1,2,5]` is `0-2,5`. */
export function formatCpuList(cpus: readonly number[]): string {
  const parts: string[] = [];
  const sorted = [...new Set(cpus)].sort((a, b) => a - b);
  for (let at = 0; at < sorted.length; ) {
    let end = at;
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end += 1;
    parts.push(at === end ? `${sorted[at]}` : `${sorted[at]}-${sorted[end]}`);
    at = end + 1;
  }
  return parts.join(",");
}

/** The CPUs this process may run on (its affinity), in order. */
export function allowedCpus(): number[] {
  const status = readText("/proc/self/status") ?? "";
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1];
  const cpus = list === undefined ? [] : parseCpuList(list);
  return cpus.length > 0 ? cpus : Array.from({ length: availableParallelism() }, (_, cpu) => cpu);
}
