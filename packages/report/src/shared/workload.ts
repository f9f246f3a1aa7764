import type { CompareResult } from "@heddle/lab";
import { duration, exact, figure } from "./number.js";

export type Cell = CompareResult["cells"][number];
export type CellWorkload = Cell["workload"];

/** Equal for equal workloads, whatever the order of their fields. */
export function workloadKey(workload: CellWorkload): string {
  return JSON.stringify(Object.entries(workload).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same workload at another share of CPU has the same key. */
function keyBesidesCpu(workload: CellWorkload): string {
  return workload.kind === "serve" ? workloadKey({ ...workload, cpuMs: 0 }) : workloadKey(workload);
}

/** A few words that tell one workload from another in one report. */
export function workloadTitle(workload: CellWorkload): string {
  switch (workload.kind) {
    case "wait":
      return `${exact(workload.tasks)} tasks that wait ${exact(workload.waitMs)} ms`;
    case "hash":
      return `${exact(workload.tasks)} hashes of ${byteSize(workload.bytes)}`;
    case "serve":
      return `${exact(workload.rate)} requests/s: ${work(workload.ioMs, workload.cpuMs)}`;
  }
}

/** What was asked, whole. */
export function workloadDetail(workload: CellWorkload): string {
  switch (workload.kind) {
    case "wait":
      return `All ${exact(workload.tasks)} tasks are submitted at once and each waits ${exact(workload.waitMs)} ms. Latency counts from the moment of the burst to the end of each task.`;
    case "hash":
      return `All ${exact(workload.tasks)} tasks are submitted at once; each computes the SHA-256 of the same ${byteSize(workload.bytes)}, on all cores if the model can. Latency counts from the moment of the burst.`;
    case "serve": {
      const wait =
        workload.ioMs === 0
          ? "does not wait"
          : workload.downstream
            ? `calls a server that answers after ${exact(workload.ioMs)} ms, over a pooled socket`
            : `waits ${exact(workload.ioMs)} ms (a timer)`;
      const compute = workload.cpuMs === 0 ? "computes nothing" : `computes for ${exact(workload.cpuMs)} ms`;
      return `An HTTP/1.1 server with ${exact(workload.connections)} keep-alive connections is asked ${exact(workload.rate)} times a second for ${duration(workload.durationS)}, ${ARRIVALS[workload.arrivals]}. Each request ${wait} and ${compute}. Latency counts from the moment a request was meant to be sent.`;
    }
  }
}

const ARRIVALS = {
  poisson: "at random moments (Poisson)",
  constant: "at even distances",
  bursty: "in bursts",
} as const;

function work(ioMs: number, cpuMs: number): string {
  const parts = [];
  if (ioMs > 0) parts.push(`wait ${exact(ioMs)} ms`);
  if (cpuMs > 0) parts.push(`compute ${exact(cpuMs)} ms`);
  return parts.length === 0 ? "answer at once" : parts.join(", ");
}

function byteSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 * 1024 ? `${figure(bytes / 1024)} KiB` : `${figure(bytes / 1024 / 1024)} MiB`;
}

/** All cells of one workload. */
export interface WorkloadGroup {
  readonly workload: CellWorkload;
  readonly cells: readonly Cell[];
}

/** The same serve workload over several shares of CPU, by rising `cpuMs`. */
export interface SweepGroup {
  readonly points: readonly WorkloadGroup[];
}

/** Cells by workload in order of appearance; those of a sweep stand apart. */
export function grouped(result: CompareResult): { plain: WorkloadGroup[]; sweeps: SweepGroup[] } {
  const groups = groupBy(result.cells, (cell) => workloadKey(cell.workload)).flatMap((cells) => {
    const first = cells[0];
    return first === undefined ? [] : [{ workload: first.workload, cells }];
  });
  const values = result.sweep?.values ?? [];
  const inSweep = (group: WorkloadGroup) =>
    group.workload.kind === "serve" && values.includes(group.workload.cpuMs);
  const families = groupBy(groups.filter(inSweep), (group) => keyBesidesCpu(group.workload));
  const sweeps = families
    .filter((points) => points.length > 1)
    .map((points) => ({ points: points.toSorted((a, b) => cpuMsOf(a) - cpuMsOf(b)) }));
  const swept = new Set(sweeps.flatMap((sweep) => sweep.points));
  return { plain: groups.filter((group) => !swept.has(group)), sweeps };
}

/** Every group of the page by number, as its charts refer to them. */
export function numbered(result: CompareResult): WorkloadGroup[] {
  const { plain, sweeps } = grouped(result);
  return [...plain, ...sweeps.flatMap((sweep) => sweep.points)];
}

export function cpuMsOf(group: WorkloadGroup): number {
  return group.workload.kind === "serve" ? group.workload.cpuMs : 0;
}

/** Items with equal keys, in order of first appearance. (`Map.groupBy` came after Node 20.) */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
